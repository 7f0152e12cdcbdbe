import{b as Xe,c as Qe}from"./chunk-7UF6IXTW.js";var b,tt,Bt,W,xe,de,nt,ce,rt,Te,Se,qt,X=Symbol.for("pv"),pe={},he=[],Gt=/^m(i|n|o|s|text|space)$/,Ce=Array.isArray,ot=he.slice,G=Object.assign;function q(e){e&&
e.parentNode&&e.remove()}function le(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:X,__v:s||++tt,__i:-1,__u:0};return!s&&b.vnode&&b.vnode(
o),o}function E(e){return e.children}function _e(e,t){this.props=e,this.context=t,this.__g=0}function H(e,t){if(t==null)return e.__&&H(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:H(e)}function Vt(e){var t,n=e.__v,r=n.__e,s=[],o=[],a=e.__P;a&&
((t=G({constructor:X},n)).__v=n.__v+1,b.vnode&&b.vnode(t),Ee(a,t,n,e.__n,a.namespaceURI,32&n.__u?[r]:null,s,r||H(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=t,lt(
s,t,o),n.__=n.__e=null,t.__e!=r&&st(t))}function st(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),st(e)}
function Ye(e){(8&e.__g||(e.__g|=8,W.push(e),de++))&&xe==b.debounceRendering||((xe=b.debounceRendering)||queueMicrotask)(it)}function it(){try{for(var e,t=1;W.length;)
W.length>t&&W.sort(nt),e=W.shift(),t=W.length,8&e.__g&&Vt(e)}finally{(de=W.length)&&(xe||queueMicrotask)(it)}}function at(e,t,n,r,s,o,a,c,_,f,l){var v,g,u,d,p,h,
k=r.__k||he,m=t.length;for(_=Kt(n,t,k,_,m),v=0;v<m;v++)(u=n.__k[v])!=null&&(g=~u.__i&&k[u.__i]||pe,u.__i=v,h=Ee(e,u,g,s,o,a,c,_,f,l),d=u.__e,(g.ref!=u.ref||8&g.
__u)&&(g.ref&&Pe(g.ref,null,u,g),u.ref&&l.push(u.ref,u.__c||d,u)),p=p||d,4&u.__u?(_=ut(u,_,e,!g.__v),g.__e&&(g.__e=null)):typeof u.type=="function"&&h!==void 0?
_=h:d&&(_=d.nextSibling),u.__u&=-21);return n.__e=p,_}function Kt(e,t,n,r,s){var o,a,c,_,f,l,v,g,u,d=n.length,p=d,h=0,k=0,m=e.__k=Array(s);for(o=0;o<s;o++)(a=t[o])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=m[o]=le(null,a):Ce(a)?a=m[o]=le(E,{children:a}):a.constructor===X&&
a.__b?a=m[o]=le(a.type,a.props,a.key,a.ref,a.__v):m[o]=a,_=o+h,a.__=e,a.__b=e.__b+1,c=null,~(f=a.__i=zt(a,n,_,p))&&(p--,(c=n[f])&&(c.__u|=2)),c&&c.__v?(a.__u|=16,
f==_-1?h--:f==_+1?h++:f!=_&&(f>_?h--:h++,k=1)):(~f||(s>d?h--:s<d&&h++),typeof a.type!="function"&&(a.__u|=4))):m[o]=null;if(k){for(l=[],v=[],o=0;o<s;o++)if((a=m[o])&&
16&a.__u){for(h=0,g=l.length;h<g;)l[u=h+g>>1]<a.__i?h=u+1:g=u;l[h]=a.__i,v[o]=h+1}for(h=l.length;o--;)v[o]&&(v[o]==h?h--:m[o].__u|=4)}if(p)for(o=0;o<d;o++)!(c=n[o])||
2&c.__u||(c.__e==r&&(r=H(c)),Ae(c,c));return r}function ut(e,t,n,r){var s,o,a,c;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(o=0;o<s.length;o++)
s[o]&&(s[o].__=e,t=ut(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=H(e))&&!t.parentNode&&(t=null),a=e.__e,c=t;c&&c.nodeType==8;)c=c.nextSibling;for(a!=c&&(!r&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function zt(e,t,n,r){var s,o=e.key,a=e.type,c=t[n],_=c&&!(2&c.__u);if(c===null&&o==null||_&&o==c.key&&a==c.type)return n;if(r>(_?1:0)){for(s=n-1;s>=0;s--)if((c=
t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s;for(s=n+1;s<t.length;s++)if((c=t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s}return-1}function et(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function ue(e,t,n,r,s){var o,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||et(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||et(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(a=Se[t]||(Se[t]=Jt(t)),(e.__a||(e.__a={}))[t]=Te,o=t!=(t=t.replace(rt,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,o):e.removeEventListener(t,a,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Jt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[ce]==null)t[ce]=Te++;else if(t[ce]<this.__a[e])return;return n(b.event?b.event(t):t)}}}function Ee(e,t,n,r,s,o,a,c,_,f){
var l,v,g,u,d,p,h,k,m,w,y,O,Z,M,D,j,P,A,$=t.type;if(t.constructor!==X)return null;128&n.__u&&(_=32&n.__u,l=n.__c.__z)&&(t.__u|=_,v=o=[],l.nodeType==8?c=fe(l,o):
o.push(l),c=o[0]||c),(l=b.__b)&&l(t);e:if(typeof $=="function"){g=a.length;try{if(k=t.props,m=(l=$.prototype)&&l.render,w=(l=$.contextType)&&r[l.__c],y=l?w?w.props.
value:l.__:r,(u=n.__c)?(t.__c=u,2&u.__g&&(u.__g|=1)):(m?t.__c=u=new $(k,y):(t.__c=u=new _e(k,y),u.constructor=$,u.render=Xt),w&&w.sub(u),u.state||(u.state={}),u.
__n=r,u.__g|=8,u.__h=[],u.__k=[]),m&&(u.__s||(u.__s=u.state),$.getDerivedStateFromProps&&(u.__s==u.state&&(u.__s=G({},u.__s)),G(u.__s,$.getDerivedStateFromProps(
k,u.__s)))),d=u.props,p=u.state,u.__v=t,n.__c){if(k!==d&&m&&!$.getDerivedStateFromProps&&u.componentWillReceiveProps&&u.componentWillReceiveProps(k,y),t.__v==n.
__v&&!(8&u.__g)||!(4&u.__g)&&u.shouldComponentUpdate&&u.shouldComponentUpdate(k,u.__s,y)===!1){t.__v!=n.__v&&(u.props=k,u.state=u.__s,u.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(R){R&&(R.__=t)}),he.push.apply(u.__h,u.__k),u.__k=[],u.__h.length&&a.push(u),c=H(n);break e}u.componentWillUpdate&&u.componentWillUpdate(
k,u.__s,y),m&&u.componentDidUpdate&&u.__h.push(function(){u.componentDidUpdate(d,p,h)})}else m&&!$.getDerivedStateFromProps&&u.componentWillMount&&u.componentWillMount(),
m&&u.componentDidMount&&u.__h.push(u.componentDidMount);u.context=y,u.props=k,u.__P=e,u.__g&=-5,O=b.__r,Z=m?25:0;do u.__g&=-9,O&&O(t),l=u.render(u.props,u.state=
u.__s,u.context);while(8&u.__g&&++Z<25);m&&(he.push.apply(u.__h,u.__k),u.__k=[]),u.state=u.__s,u.getChildContext&&(r=G({},r,u.getChildContext())),m&&n.__c&&u.getSnapshotBeforeUpdate&&
(h=u.getSnapshotBeforeUpdate(d,p)),M=l&&l.type===E&&l.key==null?l.props.children:l,k.__P&&(l=c,s=(e=k.__P).namespaceURI,_=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(R){R&&Ae(R,R)}),n.__k=null),c=n.__k?H(n,0):null),c=at(e,Ce(M)?M:[M],t,n,r,s,o,a,c,_,f),k.__P&&(t.__e=null,c=l),t.__u&=-161,v&&v.some(q),u.__h.length&&
a.push(u),1&u.__g&&(u.__g&=-4)}catch(R){if(a.length=g,t.__v=null,_||o)if(R&&R.then){if(t.__u|=128|_,o){for(~(P=o.indexOf(c||void 0))||(P=o.length);(A=o[P-1])&&A.
nodeType==8;)P--;for(;P<o.length;P++)if(A=o[P])if(o[P]=null,D){if(A==j)break}else{if(A.nodeType!=8)break;A.data.startsWith("$s")&&(j=fe(D=A))}}if(!D){for(;c&&c.
nodeType==8&&c.nextSibling;)c=c.nextSibling;D=c}(l=fe(D=t.__c.__z||(t.__c.__z=D)))?(t.__e=D,c=l):t.__e=c,c=c&&c.nextSibling}else o&&o.some(q);else t.__e=n.__e;t.
__k||(t.__k=n.__k||[]),R&&R.then||ct(t),b.__e(R,t,n)}}else c=t.__e=Zt(n.__e,t,n,r,s,o,a,_,f,e);return(l=b.diffed)&&l(t),c}function fe(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function ct(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(ct))}function lt(e,t,n){for(var r=0;r<n.length;)Pe(n[r++],n[r++],n[r++]);b.__c&&b.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){b.__e(o,s.__v)}})}function Zt(e,t,n,r,s,o,a,c,_,f){var l,v,g,u,d,p,h,k,m=n.props||pe,w=t.
props,y=t.type;if(y=="svg"?s="http://www.w3.org/2000/svg":y=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(l=0;l<o.
length;l++)if((d=o[l])&&(y?d.localName==y:d.nodeType==3)){e=d,o[l]=null;break}}if(!e){if(k=f.ownerDocument||document,!y)return k.createTextNode(w);e=k.createElementNS(
s,y,w.is?w:f),c&&(b.__m&&b.__m(t,o),c=!1),o=null}if(y){if(f=y=="template"&&e.content||e,o=y=="textarea"&&w.defaultValue!=null?null:o&&ot.call(f.childNodes),!c&&
o)for(m={},l=0;l<e.attributes.length;l++)m[(d=e.attributes[l]).name]=d.value;for(l in m)d=m[l],l=="dangerouslySetInnerHTML"?g=d:l=="children"||l in w||l=="value"&&
"defaultValue"in w||l=="checked"&&"defaultChecked"in w||ue(e,l,null,d,s);for(l in w)d=w[l],l=="children"?u=d:l=="dangerouslySetInnerHTML"?v=d:l=="value"?p=d:l==
"checked"?h=d:c&&typeof d!="function"||m[l]===d||ue(e,l,d,m[l],s);v?(c||g&&(v.__html==g.__html||v.__html==e.innerHTML)||(e.innerHTML=v.__html),t.__k=[]):(g&&(e.
textContent=""),(y=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&Gt.test(y))&&(s="http://www.w3.org/1999/xhtml"),at(f,Ce(u)?u:[u],t,n,r,s,o,a,o?o[0]:
n.__k&&H(n,0),c,_),o&&o.some(q)),c&&y!="textarea"||(l="value",y=="progress"&&p==null?e.removeAttribute(l):p==null||p===e[l]&&(y!="progress"||p)||ue(e,l,p,m[l],s),
l="checked",h!=null&&h!=e[l]&&ue(e,l,h,m[l],s))}else m===w||c&&e.data==w||(e.data=w);return e}function Pe(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&(r=
r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){b.__e(s,n)}}function Ae(e,t,n){var r,s,o,a;if(b.unmount&&b.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||Pe(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(c){b.__e(c,t)}r.__P=r.__n=null}
if(r=e.__k)for(a=0;a<r.length;a++)r[a]&&Ae(r[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=fe(r,o=[]))&&(r==e.__e&&o.some(q),q(s),
q(r)),n||q(e.__e),e.__e=e.__c=e.__=null}function Xt(e,t,n){return this.constructor(e,n)}function wn(e,t){var n,r,s,o;b.__&&b.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=le(E,{children:[e]}),s=[],o=[],Ee(t,t.__k,r||pe,pe,t.namespaceURI,r?null:t.firstChild?ot.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),lt(s,t.__k,o),t.__k.props.children=null}b={__e:function(e,t,n,r){for(var s,o,a;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((a=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),a=1),a&&8&s.__g)return void(s.__g|=2)}catch(c){e=c}}throw de=0,e}},tt=0,Bt=function(e){return e!=null&&e.
constructor===X},_e.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=G({},this.state)),typeof e=="function"&&(e=e(G({},n),this.props)),
e&&(G(n,e),this.__v&&(t&&this.__k.push(t),Ye(this)))},_e.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Ye(this))},_e.prototype.render=
E,W=[],de=0,nt=function(e,t){return e.__v.__b-t.__v.__b},ce=Symbol(),rt=/(PointerCapture)$|Capture$/i,Te=0,Se={},qt=0;var V,S,$e,_t,Oe=Object.is,Y=0,bt=[],Re=[],x=b,ft=x.__b,dt=x.__r,pt=x.diffed,ht=x.__c,mt=x.unmount,gt=x.__;function me(e,t){x.__h&&x.__h(S,e,Y||t),Y=0;var n=S.__H||
(S.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function T(e){return Y=1,Qt(xt,e)}function Qt(e,t,n){var r=me(V++,2);if(r.t=e,!r.__c&&(r.__=
[n?n(t):xt(void 0,t),function(o){var a=(r.__N||r.__)[0],c=r.t(a,o);Oe(a,c)||(r.__N=[c,r.__[1]],r.__c.setState({}))}],r.__c=S,!S.__f)){S.__f=!0;var s=S.shouldComponentUpdate;
S.shouldComponentUpdate=function(o,a,c){var _=this.__H;if(!_)return!0;var f=!1,l=this.props!=o;if(_.__.some(function(g){g.__N&&(f=!0,Oe(g.__[0],g.__N[0])||(l=!0))}),
s){var v=s.call(this,o,a,c);return f?v||l:v}return!f||l}}return r.__}function L(e,t){var n=me(V++,3);!x.__s&&De(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,S.__H.__h.push(
n))}function kt(e,t){var n=me(V++,4);!x.__s&&De(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,S.__h.push(n))}function U(e){return Y=5,wt(function(){return{current:e}},[])}function wt(e,t){var n=me(V++,7);return De(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Ne(e,t){return Y=8,wt(function(){return e},t)}function Yt(){var e;do{for(;e=Re.shift();)try{Q(e)}catch(n){x.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=bt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Q),t.__h.some(
Le),t.__h=[]}catch(n){t.__h=[],x.__e(n,e.__v)}}}while(Re.length)}x.__b=function(e){S=null,ft&&ft(e)},x.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),gt&&
gt(e,t)},x.__r=function(e){dt&&dt(e),V=0;var t=(S=e.__c).__H;t&&($e==S?S.__h=[]:(t.__h.some(Q),t.__h.some(Le),V=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),$e=S},x.diffed=function(e){pt&&pt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&vt(bt.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
$e=S=null},x.__c=function(e,t){t.some(function(n){try{n.__h.some(Q),n.__h=n.__h.filter(function(r){return!r.__||Le(r)})}catch(r){n.__h=[function(){throw r}]}}),
ht&&ht(e,t)},x.unmount=function(e){mt&&mt(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,vt(Re.push(s))}else Q(s)}catch(o){t=o}}),r.__H=void 0,t&&x.__e(t,r.__v))};var yt=typeof requestAnimationFrame=="function";function en(e){
var t,n=function(){clearTimeout(r),yt&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);yt&&(t=requestAnimationFrame(n))}function vt(e){e!=1&&_t==x.requestAnimationFrame||
((_t=x.requestAnimationFrame)||en)(Yt)}function Q(e){var t=S,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),S=t}function Le(e){var t=S;e.__c=e.__(),S=t}function De(e,t){
return!e||e.length!=t.length||t.some(function(n,r){return!Oe(n,e[r])})}function xt(e,t){return typeof t=="function"?t(e):t}var St="mistralEarly";function Tt(e,t){let n=globalThis,r=n[St];if(!(!r||r.path!==e||r.token!==t))return delete n[St],r.answer}var Me=document.querySelector('script[type="module"]').src,Ct=e=>Me.replace("app.js",e),je=Me.slice(0,Me.lastIndexOf("/console/a/")),ee=je.slice(location.origin.
length);function C(e){let t=e,n=new Set;return{get:()=>t,set:r=>{if(!Object.is(t,r)){t=r;for(let s of n)s()}},listen:r=>{n.add(r)},use:()=>{let[,r]=T(0);return L(()=>{let s=()=>r(
o=>o+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}function Et(e){let t=new Map,n=(r,s)=>{try{return r(e())}catch{return s()}};return{get:r=>n(s=>s.getItem(`mistral.${r}`),()=>t.get(r)??null),set:(r,s)=>n(o=>o.setItem(
`mistral.${r}`,s),()=>{t.set(r,s)}),drop:r=>n(s=>s.removeItem(`mistral.${r}`),()=>{t.delete(r)})}}var F=Et(()=>sessionStorage),te=Et(()=>localStorage);var Pt=1<<20,Ue=class{worker=new Worker(Ct("held.js"),{type:"module"});heard=new Map;last=0;constructor(){this.worker.onmessage=({data:t})=>this.heard.get(t.id)?.(
t),this.worker.onerror=t=>[...this.heard].forEach(([n,r])=>r({id:n,failed:t.message||"The worker has failed."}))}send(t,n,r=[]){let s=++this.last;return this.heard.
set(s,n),this.worker.postMessage({...t,id:s},r),()=>{this.heard.delete(s)&&this.worker.postMessage({id:s,stop:s})}}once(t,n){return new Promise((r,s)=>{let o=this.
send(t,a=>{o(),a.failed===void 0?r(a):s(new Error(a.failed))},n)})}close(){this.worker.terminate()}},Ie=class e{constructor(t,n){this.holder=t;this.kept=n}holder;kept;async ask(t){
let n=await this.holder.once({way:this.kept.way,question:t});return n.members?.map(r=>[r[1],r[0]==="kept"?new e(this.holder,r[2]):r[2]])??n.value}search(t,n){return this.
holder.send({way:this.kept.way,word:t},({hits:r=[],isDone:s=!0})=>n(r,s))}};async function At(e){let t=new Ue;try{let{value:n,kept:r=[]}=await t.once({open:e},[
...new Set(e.map(s=>s.buffer))]);for(let s of r){let o=n;for(let a of s.way.slice(0,-1))o=o[a];o[s.way[s.way.length-1]]=new Ie(t,s)}return r.length||t.close(),{
data:n,close:()=>t.close()}}catch(n){throw t.close(),n}}var ne=C(void 0);function Nn(e,t){let n=new Map,r={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:o,body:a}=JSON.parse(s);o?n.set(o,a):a.kind==="mistral-execution"?(r.execution=String(a.execution),r.taken=Number(a.taken_us)/1e3):a.
truncated&&(r.truncated=!0)}if(!r.execution)throw new Error("This is no file of an execution.");return r}function $t(e){return ne.get()?.answers.get(e.split("?")[0])}function Ot(e){let t=new URLSearchParams;for(let[r,s]of Object.entries(e))s!==void 0&&s!==""&&t.set(r,String(s));let n=t.toString();return n?`?${n}`:""}var K=encodeURIComponent,
tn="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",nn=50,rn=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],on=["state_info","input","output","params","updated_at"],sn=2e4;function Mn(e){let t={};for(let[o,a]of e)rn.includes(o)||(t[o]=a);let n=e.get("marker")??
void 0,r=on.some(o=>o in t);return{path:`/v2/executions${Ot({...t,fields:tn,limit:nn,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:r?sn:void 0})}`,
filters:t,marker:n,isSlow:r}}var re=C(F.get("token")??void 0),an=C(JSON.parse(F.get("projects")??"[]")),We=C("");function Rt(e,t=[]){e?F.set("token",e):F.drop("token"),F.set("projects",JSON.
stringify(t)),an.set(t),We.set(""),re.set(e)}function un(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${ee}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let r=await n.
json();n.ok&&r.token?Rt(r.token):We.set(r.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let t=F.get("mark");F.drop("mark"),!(!t||e.has("token")&&e.get("mark")!==
t)&&(e.has("token")?Rt(e.get("token")):We.set(e.get("sign-in-failed")||"The provider has not signed you in."))}un();var cn=C(!1),N=class extends Error{constructor(n,r,s){
super(r);this.status=n;this.request=s}status;request};function ln(e,t){let n=s=>`'${s.replaceAll("'","'\\''")}'`,r=["curl"];return t.method&&t.method!=="GET"&&r.
push("-X",t.method),re.get()&&r.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&r.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.
text!==void 0&&r.push("-H 'Content-Type: text/plain' --data-binary @-"),r.push(n(je+e)),r.join(" ")}async function z(e,t={}){let n=ln(e,t);if(ne.get()){let f=$t(
e);if(f===void 0||(t.method??"GET")!=="GET")throw new N(404,"The file does not hold this.",n);return f}let r={Accept:"application/json",...t.headers},s;t.json!==
void 0?(r["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&(r["Content-Type"]="text/plain",s=t.text),(t.method??"GET")!=="GET"&&(r["\
X-Mistral-Console"]="1");let o=r["X-Auth-Token"]||e==="/console/session"?void 0:re.get();o?r["X-Auth-Token"]=o:t.asAdmin&&(r["X-Roles"]="admin");let a,c,_="";try{
a=await(s===void 0&&Tt(e,o)||fetch(ee+e,{method:t.method??"GET",headers:r,body:s,signal:t.signal})),t.holds&&a.ok?c=await Xe(a):_=await a.text()}catch(f){throw f.
name==="AbortError"?f:new N(0,"The server cannot be reached.",n)}if(c&&c.reduce((f,l)=>f+l.byteLength,0)>=Pt){let{data:f,close:l}=await At(c);return t.holds(l),
f}if(c&&(_=Qe(c)),a.status===401&&e!=="/console/session"&&cn.set(!0),!a.ok)throw new N(a.status,_n(_,a),n);return _?JSON.parse(_):void 0}function _n(e,t){try{let n=JSON.
parse(e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}var ge=C(void 0),ye={reached:()=>ge.set(void 0),lost:()=>{ge.get()===void 0&&ge.set(Date.now())}},Lt=C(!1),zn=ge.use;var fn=3e4,dn=50;function ve(e,t=0,n=!1,r,s=!1){let[o,a]=T({at:0}),[c,_]=T(0),f=U(0),l=re.use(),v=Lt.use(),g=r===void 0?void 0:JSON.stringify(r),u=U({isAsking:!1,
isAskedAgain:!1}),d=Ne(()=>{u.current.isAsking?u.current.isAskedAgain=!0:_(y=>y+1)},[]),p=Ne(y=>a(O=>O.data===void 0?O:{...O,data:y(O.data)}),[]),h=U(void 0);L(
()=>()=>h.current?.(),[]);let k=U(t),m=U(v);L(()=>{k.current=v?0:t;let y=m.current&&!v&&t>0;m.current=v,y?d():!u.current.isAsking&&f.current===0&&u.current.schedule?.(
k.current)},[t,v]),kt(()=>{if(e===void 0)return;let y=new AbortController,O=0,Z=!0,M=j=>{clearTimeout(O),j>0&&!y.signal.aborted&&!ne.get()&&(O=window.setTimeout(
D,j))};u.current={isAsking:!1,isAskedAgain:!1,schedule:M};let D=async()=>{if(document.hidden&&!Z)return M(k.current||2e3);Z=!1,u.current.isAsking=!0,u.current.isAskedAgain=
!1;let j;try{let P=await z(e,{signal:y.signal,asAdmin:n,...g===void 0?{}:{method:"POST",json:JSON.parse(g)},...s?{holds:A=>j=A}:{}});if(y.signal.aborted)return j?.();
h.current?.(),h.current=j,u.current.isAsking=!1,f.current=0,ye.reached(),a({path:e,data:P,at:Date.now()}),M(u.current.isAskedAgain?dn:k.current)}catch(P){if(P.name===
"AbortError")return;u.current.isAsking=!1;let A=P instanceof N?P:new N(0,`The answer cannot be read: ${P}`,e);f.current+=1,A.status===0?ye.lost():ye.reached(),a(
$=>({path:e,data:$.path===e?$.data:void 0,error:A,at:$.at})),(A.status===0||A.status>=500)&&M(Math.min(fn,1e3*2**f.current))}};return D(),()=>{y.abort(),clearTimeout(
O),u.current={isAsking:!1,isAskedAgain:!1}}},[e,c,l,n,g]);let w=o.path===e;return{data:w?o.data:void 0,error:w?o.error:void 0,at:o.at,again:d,patch:p}}var er=(e,t=0)=>ve(
e,t,!1,void 0,!0);var B=`${ee}/console`;function Nt(){return(location.pathname.startsWith(`${B}/`)?location.pathname.slice(B.length):location.pathname.slice(8))+location.search}function be(){
return{path:Nt().split("?")[0].split("/").filter(Boolean).map(pn),query:new URLSearchParams(location.search)}}function pn(e){try{return decodeURIComponent(e)}catch{
return e}}var He=C(be()),or=He.use;addEventListener("popstate",()=>He.set(be()));var oe=e=>B+e;function ke(e,t=!1){B+e!==location.pathname+location.search&&(history[t?
"replaceState":"pushState"](null,"",B+e),He.set(be()))}function sr(e,t=!1){let{query:n}=be();for(let[s,o]of Object.entries(e))o?n.set(s,o):n.delete(s);let r=n.toString();
ke(Nt().split("?")[0]+(r?`?${r}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.
target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${B}/`)||t.pathname.startsWith(`${B}/a/`)||(e.preventDefault(),ke(t.pathname.
slice(B.length)+t.search),scrollTo(0,0))});var Fe=(e,t)=>te.get(e)??t,J=C(Fe("zone","local")),hn=C(Fe("theme","system")),mn=C(Fe("keys","on")==="on"),cr=()=>Intl.supportedValuesOf?.("timeZone").filter(e=>e!==
"UTC")??[];function lr(e){te.set("keys",e?"on":"off"),mn.set(e)}function _r(e){te.set("zone",e),J.set(e)}function fr(e){te.set("theme",e),e==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=e,hn.set(e)}function Be(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var Dt=new Map;function se(e,t){if(t==="\
UTC"||t===void 0){let r=t===void 0?e-new Date(e).getTimezoneOffset()*6e4:e;return new Date(r).toISOString().slice(0,19).replace("T"," ")}let n=Dt.get(t);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),Dt.set(t,n)),n.format(e)}function qe(e){if(e===void 0)return"\u2013";let t=J.
get();return t==="UTC"?`${se(e,"UTC")}Z`:se(e,t==="local"?void 0:t)}function Ge(e){if(e===void 0)return"";let t=J.get(),n=t==="UTC"||t==="local"?"":`
${se(e,t)} ${t}`;return`${se(e,"UTC")} UTC
${se(e,void 0)} local${n}`}function Mt(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,r=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${r(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${r(n%3600/60)} m`:`${Math.floor(n/86400)} d ${r(n%86400/3600)} h`}var gn={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function jt(e){let[t,n]=gn[e]??["\xB7","idle"];return{sign:t,colour:n}}var hr=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],mr=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),I=e=>e.toLocaleString("en");function gr(e){let t=["B","KB","MB","GB","TB"],n=0,
r=e;for(;r>=1024&&n<t.length-1;)r/=1024,n+=1;return`${r<10&&n?r.toFixed(1):Math.round(r)} ${t[n]}`}function yr(e){if(!e?.startsWith("{"))return{words:e??""};try{
let t=JSON.parse(e);return typeof t.description!="string"?{words:e}:{words:t.description.replace(/ '\(.*\)'/,""),cron:t.triggered_by?.type==="cron_trigger"?t.triggered_by.
id:void 0}}catch{return{words:e}}}function vr(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let r=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${r?r[1]:n[2]||t.split(`
`).find(s=>s.includes("[action_ex_id="))||"failed"}`}var yn=Symbol.for("pv"),vn=0;function i(e,t,n,r,s,o){t||(t={});var a,c,_=t;if("ref"in _&&typeof e!="function")for(c in _={},t)c=="ref"?a=t[c]:_[c]=t[c];var f={type:e,props:_,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:yn,__v:--vn,__i:-1,__u:0};return(s||o)&&(f.__source=s,f.__self=o),b.vnode&&b.vnode(f),f}function ie({state:e,short:t}){let{sign:n,colour:r}=jt(e);return i("span",{class:`state state-${r}`,children:[i("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Ve({time:e}){return J.use(),i("time",{title:Ge(e),children:qe(e)})}function Pr({time:e}){let[,t]=T(0);if(L(()=>{let r=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(r)},[]),e===void 0)return null;let n=e-Date.now();return i("time",{title:Ge(e),children:n>0?`in ${Mt(n*1e3)}`:"now"})}function we({
error:e,again:t,at:n}){let r=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or a \
search took too long: narrow that by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return i("div",{class:"failure",role:"\
alert",children:[i("p",{children:[i("strong",{children:e.status||"No answer"})," ",e.message]}),r&&i("p",{class:"advice",children:r}),!!n&&i("p",{class:"muted",
children:["What is shown is from ",qe(n),"."]}),i("details",{children:[i("summary",{children:"The request"}),i("pre",{children:e.request})]}),t&&i("button",{onClick:t,
children:"Try again"})]})}function Ke({of:e,children:t}){let{data:n,error:r,at:s,again:o}=e,[a,c]=T(!1),_=n===void 0&&!r;return L(()=>{if(!_)return c(!1);let f=setTimeout(
()=>c(!0),150);return()=>clearTimeout(f)},[_]),i(E,{children:[r&&i(we,{error:r,again:o,at:n===void 0?void 0:s}),_&&a&&i("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[i("i",{}),i("i",{}),i("i",{})]}),n!==void 0&&i("div",{class:r?"stale":void 0,children:t(n)})]})}function Ar({look:e,isNews:t,children:n}){
let r=U(null),[s,o]=T(!1);return L(()=>{let a=r.current,c=()=>o(a.scrollHeight>a.clientHeight),_=new ResizeObserver(c);return _.observe(a),c(),()=>_.disconnect()},
[n]),i("pre",{ref:r,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,children:n})}function Ut({children:e}){return i("div",{class:"e\
mpty",children:e})}function ze({title:e,close:t,children:n}){let r=U(null);return L(()=>{let s=r.current,o=document.activeElement;return s.showModal(),()=>{s.close(),
o?.focus?.()}},[]),i("dialog",{ref:r,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[i("h2",{children:e}),n]})}function $r({title:e,children:t,label:n,
act:r,close:s}){let[o,a]=T(),[c,_]=T(!1);return i(ze,{title:e,close:s,children:[t,o&&i(we,{error:o}),i("div",{class:"buttons",children:[i("button",{class:"prima\
ry",disabled:c,onClick:async()=>{_(!0);try{await r(),s()}catch(l){a(l instanceof N?l:new N(0,String(l),""))}_(!1)},children:n}),i("button",{onClick:s,children:"\
Leave it"})]})]})}function Or({text:e,label:t="Copy"}){let[n,r]=T(!1);return i("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(typeof e==
"string"?e:await e()),r(!0),setTimeout(()=>r(!1),1500)},children:n?"Copied":t})}var It=C(void 0),Wt=(e,t)=>!e||!e.read_only&&(!e.is_authenticated||e.may.includes(t)),Dr=e=>Wt(It.use(),e);function Je({rule:e,children:t}){let n=It.use();return Wt(
n,e)?i(E,{children:t}):n?.read_only?null:i("fieldset",{class:"may",disabled:!0,title:`The rule ${e} of this service's policy does not let you.`,children:t})}var bn=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delet\
e (ended ones)"]],ae=e=>bn.find(([t])=>t===e)?.[1]??e,Ht=100;function kn({action:e,filter:t,ids:n,close:r,done:s}){let[o,a]=T(),[c,_]=T(),[f,l]=T(""),[v,g]=T("");
L(()=>{z("/v2/bulk_operations",{method:"POST",json:n?{action:e,ids:n}:{action:e,filter:t}}).then(a,_)},[]);let u=async()=>{try{let p=await z("/v2/bulk_operation\
s",{method:"POST",json:{preview:o.preview,reason:f||null}});r(),s(),ke(`/bulk/${K(p.id)}`)}catch(p){_(p)}},d=o&&(o.count<=Ht||v===String(o.count));return i(ze,{
title:`${ae(e).charAt(0).toUpperCase()}${ae(e).slice(1)}: which executions?`,close:r,children:[c&&i(we,{error:c}),!o&&!c&&i("p",{class:"muted",role:"status",children:"\
Looking which match\u2026"}),o&&i(E,{children:[i("p",{children:[i("strong",{children:I(o.count)})," in a fitting state",o.capped?"; more match than can be taken\
 at once":"",". It is done to exactly these, whatever begins or ends meanwhile."]}),i("p",{children:Object.entries(o.by_state).map(([p,h])=>i("span",{class:"fac\
t",children:[i(ie,{state:p})," ",I(h)]}))}),o.sample.length>0&&i("ul",{children:o.sample.map(p=>i("li",{children:[i(ie,{state:p.state})," ",p.workflow_name," ",
i("code",{children:p.id})]}))}),t&&i("p",{class:"muted",children:["Filter: ",i("code",{children:new URLSearchParams(t).toString()})]}),i("label",{class:"block",
children:["Why ",i("span",{class:"muted",children:["shown with the operation",e==="cancel"?" and in each execution":""]}),i("input",{value:f,onInput:p=>l(p.currentTarget.
value)})]}),o.count>Ht&&i("label",{class:"block",children:["Type the number to go on",i("input",{inputMode:"numeric",value:v,onInput:p=>g(p.currentTarget.value)})]})]}),
i("div",{class:"buttons",children:[i("button",{class:"primary",disabled:!o?.count||!d,onClick:u,children:[ae(e),o?` ${I(o.count)}`:""]}),i("button",{onClick:r,children:"\
Leave it"})]})]})}var Ze=e=>Object.entries(e??{}).map(([t,n])=>`${t}=${typeof n=="string"?n:JSON.stringify(n)}`).join(" ");function Ft({of:e}){return i("progres\
s",{max:e.total||1,value:e.done,"aria-label":`${e.done} of ${e.total}`})}function Vr(){let e=ve("/v2/bulk_operations",3e3);return i(E,{children:[i("div",{class:"\
title",children:i("h1",{children:"Bulk operations"})}),i(Ke,{of:e,children:t=>t.bulk_operations.length?i("div",{class:"scroll",children:i("table",{class:"stack",
children:[i("thead",{children:i("tr",{children:[i("th",{children:"State"}),i("th",{children:"What"}),i("th",{children:"Progress"}),i("th",{children:"When"}),i("\
th",{children:"Why"}),i("th",{children:"Filter"})]})}),i("tbody",{children:t.bulk_operations.map(n=>i("tr",{children:[i("td",{children:i(ie,{state:n.state})}),i(
"td",{children:i("a",{class:"row",href:oe(`/bulk/${K(n.id)}`),children:ae(n.action)})}),i("td",{children:[i(Ft,{of:n})," ",I(n.done)," of ",I(n.total),n.failed>
0&&i("span",{class:"state-error",children:[" \u2716 ",n.failed]})]}),i("td",{class:"nowrap",children:i(Ve,{time:Be(n.created_at)})}),i("td",{class:"wide",children:n.
reason??""}),i("td",{class:"wide","data-l":"Filter",children:i("code",{children:Ze(n.filter)})})]}))})]})}):i(Ut,{children:[i("p",{children:"Nothing has been do\
ne to many executions at once."}),i("p",{children:["Filter the ",i("a",{href:oe("/executions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}
function Kr({id:e}){let t=`/v2/bulk_operations/${K(e)}`,n=ve(t,1e3),[r,s]=T(!1);return i(Ke,{of:n,children:o=>i(E,{children:[i("div",{class:"title",children:[i(
"h1",{children:ae(o.action)})," ",i(ie,{state:o.state})," ",i("code",{children:o.id})]}),i("p",{class:"facts",children:["begun ",i(Ve,{time:Be(o.created_at)}),o.
user_id&&i(E,{children:[" by ",o.user_id]}),o.reason&&i(E,{children:[" \xB7 ",o.reason]}),Ze(o.filter)&&i(E,{children:[" \xB7 ",i("code",{children:Ze(o.filter)})]})]}),
i("p",{children:[i(Ft,{of:o})," ",I(o.done)," of ",I(o.total),", ",I(o.failed)," of them not done"]}),i("div",{class:"buttons",children:[o.state==="RUNNING"&&i(
Je,{rule:"bulk_operations:update",children:i("button",{onClick:async()=>{await z(t,{method:"PUT",json:{state:"CANCELLED"}}),n.again()},children:"Stop"})}),o.failures.
length>0&&i(Je,{rule:"bulk_operations:create",children:i("button",{onClick:()=>s(!0),children:"Repeat for the failures\u2026"})}),i("a",{class:"button",href:oe(
"/bulk"),children:"All bulk operations"})]}),o.failures.length>0&&i("div",{class:"scroll",children:i("table",{children:[i("thead",{children:i("tr",{children:[i(
"th",{children:"Execution"}),i("th",{children:"Why not"})]})}),i("tbody",{children:o.failures.map(a=>i("tr",{children:[i("td",{children:i("a",{href:oe(`/executi\
ons/${K(a.id)}`),children:i("code",{children:a.id})})}),i("td",{class:"wide",children:a.message})]}))})]})}),r&&i(kn,{action:o.action,ids:o.failures.map(a=>a.id),
close:()=>s(!1),done:n.again})]})})}export{E as a,_e as b,wn as c,T as d,L as e,kt as f,U as g,wt as h,Ct as i,je as j,ee as k,C as l,Nt as m,or as n,oe as o,ke as p,sr as q,F as r,te as s,J as t,
hn as u,mn as v,cr as w,lr as x,_r as y,fr as z,Lt as A,zn as B,Ie as C,ne as D,Nn as E,Ot as F,K as G,on as H,Mn as I,re as J,an as K,We as L,Rt as M,cn as N,N as O,
z as P,Be as Q,qe as R,Mt as S,jt as T,hr as U,mr as V,I as W,gr as X,yr as Y,vr as Z,i as _,ie as $,Ve as aa,Pr as ba,we as ca,Ke as da,Ar as ea,Ut as fa,ze as ga,
$r as ha,Or as ia,ve as ja,er as ka,It as la,Dr as ma,Je as na,bn as oa,kn as pa,Vr as qa,Kr as ra};
