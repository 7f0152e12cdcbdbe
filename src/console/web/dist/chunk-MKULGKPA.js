var b,Ye,Ht,W,we,fe,et,ue,tt,Te,xe,Ft,X=Symbol.for("pv"),de={},pe=[],Bt=/^m(i|n|o|s|text|space)$/,Se=Array.isArray,nt=pe.slice,G=Object.assign;function q(e){e&&
e.parentNode&&e.remove()}function ce(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:X,__v:s||++Ye,__i:-1,__u:0};return!s&&b.vnode&&b.vnode(
o),o}function S(e){return e.children}function le(e,t){this.props=e,this.context=t,this.__g=0}function H(e,t){if(t==null)return e.__&&H(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:H(e)}function qt(e){var t,n=e.__v,r=n.__e,s=[],o=[],a=e.__P;a&&
((t=G({constructor:X},n)).__v=n.__v+1,b.vnode&&b.vnode(t),Ce(a,t,n,e.__n,a.namespaceURI,32&n.__u?[r]:null,s,r||H(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=t,ut(
s,t,o),n.__=n.__e=null,t.__e!=r&&rt(t))}function rt(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),rt(e)}
function Xe(e){(8&e.__g||(e.__g|=8,W.push(e),fe++))&&we==b.debounceRendering||((we=b.debounceRendering)||queueMicrotask)(ot)}function ot(){try{for(var e,t=1;W.length;)
W.length>t&&W.sort(et),e=W.shift(),t=W.length,8&e.__g&&qt(e)}finally{(fe=W.length)&&(we||queueMicrotask)(ot)}}function st(e,t,n,r,s,o,a,c,_,f,l){var v,g,u,p,k,m,
d=r.__k||pe,h=t.length;for(_=Gt(n,t,d,_,h),v=0;v<h;v++)(u=n.__k[v])!=null&&(g=~u.__i&&d[u.__i]||de,u.__i=v,m=Ce(e,u,g,s,o,a,c,_,f,l),p=u.__e,(g.ref!=u.ref||8&g.
__u)&&(g.ref&&Ee(g.ref,null,u,g),u.ref&&l.push(u.ref,u.__c||p,u)),k=k||p,4&u.__u?(_=it(u,_,e,!g.__v),g.__e&&(g.__e=null)):typeof u.type=="function"&&m!==void 0?
_=m:p&&(_=p.nextSibling),u.__u&=-21);return n.__e=k,_}function Gt(e,t,n,r,s){var o,a,c,_,f,l,v,g,u,p=n.length,k=p,m=0,d=0,h=e.__k=Array(s);for(o=0;o<s;o++)(a=t[o])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=h[o]=ce(null,a):Se(a)?a=h[o]=ce(S,{children:a}):a.constructor===X&&
a.__b?a=h[o]=ce(a.type,a.props,a.key,a.ref,a.__v):h[o]=a,_=o+m,a.__=e,a.__b=e.__b+1,c=null,~(f=a.__i=Vt(a,n,_,k))&&(k--,(c=n[f])&&(c.__u|=2)),c&&c.__v?(a.__u|=16,
f==_-1?m--:f==_+1?m++:f!=_&&(f>_?m--:m++,d=1)):(~f||(s>p?m--:s<p&&m++),typeof a.type!="function"&&(a.__u|=4))):h[o]=null;if(d){for(l=[],v=[],o=0;o<s;o++)if((a=h[o])&&
16&a.__u){for(m=0,g=l.length;m<g;)l[u=m+g>>1]<a.__i?m=u+1:g=u;l[m]=a.__i,v[o]=m+1}for(m=l.length;o--;)v[o]&&(v[o]==m?m--:h[o].__u|=4)}if(k)for(o=0;o<p;o++)!(c=n[o])||
2&c.__u||(c.__e==r&&(r=H(c)),Ae(c,c));return r}function it(e,t,n,r){var s,o,a,c;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(o=0;o<s.length;o++)
s[o]&&(s[o].__=e,t=it(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=H(e))&&!t.parentNode&&(t=null),a=e.__e,c=t;c&&c.nodeType==8;)c=c.nextSibling;for(a!=c&&(!r&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function Vt(e,t,n,r){var s,o=e.key,a=e.type,c=t[n],_=c&&!(2&c.__u);if(c===null&&o==null||_&&o==c.key&&a==c.type)return n;if(r>(_?1:0)){for(s=n-1;s>=0;s--)if((c=
t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s;for(s=n+1;s<t.length;s++)if((c=t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s}return-1}function Qe(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function ae(e,t,n,r,s){var o,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||Qe(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||Qe(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(a=xe[t]||(xe[t]=Kt(t)),(e.__a||(e.__a={}))[t]=Te,o=t!=(t=t.replace(tt,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,o):e.removeEventListener(t,a,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Kt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[ue]==null)t[ue]=Te++;else if(t[ue]<this.__a[e])return;return n(b.event?b.event(t):t)}}}function Ce(e,t,n,r,s,o,a,c,_,f){
var l,v,g,u,p,k,m,d,h,w,y,R,Z,j,D,U,A,P,$=t.type;if(t.constructor!==X)return null;128&n.__u&&(_=32&n.__u,l=n.__c.__z)&&(t.__u|=_,v=o=[],l.nodeType==8?c=_e(l,o):
o.push(l),c=o[0]||c),(l=b.__b)&&l(t);e:if(typeof $=="function"){g=a.length;try{if(d=t.props,h=(l=$.prototype)&&l.render,w=(l=$.contextType)&&r[l.__c],y=l?w?w.props.
value:l.__:r,(u=n.__c)?(t.__c=u,2&u.__g&&(u.__g|=1)):(h?t.__c=u=new $(d,y):(t.__c=u=new le(d,y),u.constructor=$,u.render=Jt),w&&w.sub(u),u.state||(u.state={}),u.
__n=r,u.__g|=8,u.__h=[],u.__k=[]),h&&(u.__s||(u.__s=u.state),$.getDerivedStateFromProps&&(u.__s==u.state&&(u.__s=G({},u.__s)),G(u.__s,$.getDerivedStateFromProps(
d,u.__s)))),p=u.props,k=u.state,u.__v=t,n.__c){if(d!==p&&h&&!$.getDerivedStateFromProps&&u.componentWillReceiveProps&&u.componentWillReceiveProps(d,y),t.__v==n.
__v&&!(8&u.__g)||!(4&u.__g)&&u.shouldComponentUpdate&&u.shouldComponentUpdate(d,u.__s,y)===!1){t.__v!=n.__v&&(u.props=d,u.state=u.__s,u.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(L){L&&(L.__=t)}),pe.push.apply(u.__h,u.__k),u.__k=[],u.__h.length&&a.push(u),c=H(n);break e}u.componentWillUpdate&&u.componentWillUpdate(
d,u.__s,y),h&&u.componentDidUpdate&&u.__h.push(function(){u.componentDidUpdate(p,k,m)})}else h&&!$.getDerivedStateFromProps&&u.componentWillMount&&u.componentWillMount(),
h&&u.componentDidMount&&u.__h.push(u.componentDidMount);u.context=y,u.props=d,u.__P=e,u.__g&=-5,R=b.__r,Z=h?25:0;do u.__g&=-9,R&&R(t),l=u.render(u.props,u.state=
u.__s,u.context);while(8&u.__g&&++Z<25);h&&(pe.push.apply(u.__h,u.__k),u.__k=[]),u.state=u.__s,u.getChildContext&&(r=G({},r,u.getChildContext())),h&&n.__c&&u.getSnapshotBeforeUpdate&&
(m=u.getSnapshotBeforeUpdate(p,k)),j=l&&l.type===S&&l.key==null?l.props.children:l,d.__P&&(l=c,s=(e=d.__P).namespaceURI,_=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(L){L&&Ae(L,L)}),n.__k=null),c=n.__k?H(n,0):null),c=st(e,Se(j)?j:[j],t,n,r,s,o,a,c,_,f),d.__P&&(t.__e=null,c=l),t.__u&=-161,v&&v.some(q),u.__h.length&&
a.push(u),1&u.__g&&(u.__g&=-4)}catch(L){if(a.length=g,t.__v=null,_||o)if(L&&L.then){if(t.__u|=128|_,o){for(~(A=o.indexOf(c||void 0))||(A=o.length);(P=o[A-1])&&P.
nodeType==8;)A--;for(;A<o.length;A++)if(P=o[A])if(o[A]=null,D){if(P==U)break}else{if(P.nodeType!=8)break;P.data.startsWith("$s")&&(U=_e(D=P))}}if(!D){for(;c&&c.
nodeType==8&&c.nextSibling;)c=c.nextSibling;D=c}(l=_e(D=t.__c.__z||(t.__c.__z=D)))?(t.__e=D,c=l):t.__e=c,c=c&&c.nextSibling}else o&&o.some(q);else t.__e=n.__e;t.
__k||(t.__k=n.__k||[]),L&&L.then||at(t),b.__e(L,t,n)}}else c=t.__e=zt(n.__e,t,n,r,s,o,a,_,f,e);return(l=b.diffed)&&l(t),c}function _e(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function at(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(at))}function ut(e,t,n){for(var r=0;r<n.length;)Ee(n[r++],n[r++],n[r++]);b.__c&&b.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){b.__e(o,s.__v)}})}function zt(e,t,n,r,s,o,a,c,_,f){var l,v,g,u,p,k,m,d,h=n.props||de,w=t.
props,y=t.type;if(y=="svg"?s="http://www.w3.org/2000/svg":y=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(l=0;l<o.
length;l++)if((p=o[l])&&(y?p.localName==y:p.nodeType==3)){e=p,o[l]=null;break}}if(!e){if(d=f.ownerDocument||document,!y)return d.createTextNode(w);e=d.createElementNS(
s,y,w.is?w:f),c&&(b.__m&&b.__m(t,o),c=!1),o=null}if(y){if(f=y=="template"&&e.content||e,o=y=="textarea"&&w.defaultValue!=null?null:o&&nt.call(f.childNodes),!c&&
o)for(h={},l=0;l<e.attributes.length;l++)h[(p=e.attributes[l]).name]=p.value;for(l in h)p=h[l],l=="dangerouslySetInnerHTML"?g=p:l=="children"||l in w||l=="value"&&
"defaultValue"in w||l=="checked"&&"defaultChecked"in w||ae(e,l,null,p,s);for(l in w)p=w[l],l=="children"?u=p:l=="dangerouslySetInnerHTML"?v=p:l=="value"?k=p:l==
"checked"?m=p:c&&typeof p!="function"||h[l]===p||ae(e,l,p,h[l],s);v?(c||g&&(v.__html==g.__html||v.__html==e.innerHTML)||(e.innerHTML=v.__html),t.__k=[]):(g&&(e.
textContent=""),(y=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&Bt.test(y))&&(s="http://www.w3.org/1999/xhtml"),st(f,Se(u)?u:[u],t,n,r,s,o,a,o?o[0]:
n.__k&&H(n,0),c,_),o&&o.some(q)),c&&y!="textarea"||(l="value",y=="progress"&&k==null?e.removeAttribute(l):k==null||k===e[l]&&(y!="progress"||k)||ae(e,l,k,h[l],s),
l="checked",m!=null&&m!=e[l]&&ae(e,l,m,h[l],s))}else h===w||c&&e.data==w||(e.data=w);return e}function Ee(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&(r=
r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){b.__e(s,n)}}function Ae(e,t,n){var r,s,o,a;if(b.unmount&&b.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||Ee(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(c){b.__e(c,t)}r.__P=r.__n=null}
if(r=e.__k)for(a=0;a<r.length;a++)r[a]&&Ae(r[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=_e(r,o=[]))&&(r==e.__e&&o.some(q),q(s),
q(r)),n||q(e.__e),e.__e=e.__c=e.__=null}function Jt(e,t,n){return this.constructor(e,n)}function kn(e,t){var n,r,s,o;b.__&&b.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=ce(S,{children:[e]}),s=[],o=[],Ce(t,t.__k,r||de,de,t.namespaceURI,r?null:t.firstChild?nt.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),ut(s,t.__k,o),t.__k.props.children=null}b={__e:function(e,t,n,r){for(var s,o,a;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((a=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),a=1),a&&8&s.__g)return void(s.__g|=2)}catch(c){e=c}}throw fe=0,e}},Ye=0,Ht=function(e){return e!=null&&e.
constructor===X},le.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=G({},this.state)),typeof e=="function"&&(e=e(G({},n),this.props)),
e&&(G(n,e),this.__v&&(t&&this.__k.push(t),Xe(this)))},le.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Xe(this))},le.prototype.render=
S,W=[],fe=0,et=function(e,t){return e.__v.__b-t.__v.__b},ue=Symbol(),tt=/(PointerCapture)$|Capture$/i,Te=0,xe={},Ft=0;var V,T,Pe,ct,$e=Object.is,Y=0,yt=[],Re=[],x=b,lt=x.__b,_t=x.__r,ft=x.diffed,dt=x.__c,pt=x.unmount,ht=x.__;function he(e,t){x.__h&&x.__h(T,e,Y||t),Y=0;var n=T.__H||
(T.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function C(e){return Y=1,Zt(kt,e)}function Zt(e,t,n){var r=he(V++,2);if(r.t=e,!r.__c&&(r.__=
[n?n(t):kt(void 0,t),function(o){var a=(r.__N||r.__)[0],c=r.t(a,o);$e(a,c)||(r.__N=[c,r.__[1]],r.__c.setState({}))}],r.__c=T,!T.__f)){T.__f=!0;var s=T.shouldComponentUpdate;
T.shouldComponentUpdate=function(o,a,c){var _=this.__H;if(!_)return!0;var f=!1,l=this.props!=o;if(_.__.some(function(g){g.__N&&(f=!0,$e(g.__[0],g.__N[0])||(l=!0))}),
s){var v=s.call(this,o,a,c);return f?v||l:v}return!f||l}}return r.__}function O(e,t){var n=he(V++,3);!x.__s&&Ne(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,T.__H.__h.push(
n))}function vt(e,t){var n=he(V++,4);!x.__s&&Ne(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,T.__h.push(n))}function I(e){return Y=5,bt(function(){return{current:e}},[])}function bt(e,t){var n=he(V++,7);return Ne(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Oe(e,t){return Y=8,bt(function(){return e},t)}function Xt(){var e;do{for(;e=Re.shift();)try{Q(e)}catch(n){x.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=yt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Q),t.__h.some(
Le),t.__h=[]}catch(n){t.__h=[],x.__e(n,e.__v)}}}while(Re.length)}x.__b=function(e){T=null,lt&&lt(e)},x.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ht&&
ht(e,t)},x.__r=function(e){_t&&_t(e),V=0;var t=(T=e.__c).__H;t&&(Pe==T?T.__h=[]:(t.__h.some(Q),t.__h.some(Le),V=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),Pe=T},x.diffed=function(e){ft&&ft(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&gt(yt.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
Pe=T=null},x.__c=function(e,t){t.some(function(n){try{n.__h.some(Q),n.__h=n.__h.filter(function(r){return!r.__||Le(r)})}catch(r){n.__h=[function(){throw r}]}}),
dt&&dt(e,t)},x.unmount=function(e){pt&&pt(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,gt(Re.push(s))}else Q(s)}catch(o){t=o}}),r.__H=void 0,t&&x.__e(t,r.__v))};var mt=typeof requestAnimationFrame=="function";function Qt(e){
var t,n=function(){clearTimeout(r),mt&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);mt&&(t=requestAnimationFrame(n))}function gt(e){e!=1&&ct==x.requestAnimationFrame||
((ct=x.requestAnimationFrame)||Qt)(Xt)}function Q(e){var t=T,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),T=t}function Le(e){var t=T;e.__c=e.__(),T=t}function Ne(e,t){
return!e||e.length!=t.length||t.some(function(n,r){return!$e(n,e[r])})}function kt(e,t){return typeof t=="function"?t(e):t}var wt="mistralEarly";function xt(e,t){let n=globalThis,r=n[wt];if(!(!r||r.path!==e||r.token!==t))return delete n[wt],r.answer}var De=document.querySelector('script[type="module"]').src,Tt=e=>De.replace("app.js",e),Me=De.slice(0,De.lastIndexOf("/console/a/")),ee=Me.slice(location.origin.
length);function E(e){let t=e,n=new Set;return{get:()=>t,set:r=>{if(!Object.is(t,r)){t=r;for(let s of n)s()}},listen:r=>{n.add(r)},use:()=>{let[,r]=C(0);return O(()=>{let s=()=>r(
o=>o+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}function St(e){let t=new Map,n=(r,s)=>{try{return r(e())}catch{return s()}};return{get:r=>n(s=>s.getItem(`mistral.${r}`),()=>t.get(r)??null),set:(r,s)=>n(o=>o.setItem(
`mistral.${r}`,s),()=>{t.set(r,s)}),drop:r=>n(s=>s.removeItem(`mistral.${r}`),()=>{t.delete(r)})}}var F=St(()=>sessionStorage),te=St(()=>localStorage);var Ct=1<<20,je=class{worker=new Worker(Tt("held.js"),{type:"module"});heard=new Map;last=0;constructor(){this.worker.onmessage=({data:t})=>this.heard.get(t.id)?.(
t),this.worker.onerror=t=>[...this.heard].forEach(([n,r])=>r({id:n,failed:t.message||"The worker has failed."}))}send(t,n,r=[]){let s=++this.last;return this.heard.
set(s,n),this.worker.postMessage({...t,id:s},r),()=>{this.heard.delete(s)&&this.worker.postMessage({id:s,stop:s})}}once(t,n){return new Promise((r,s)=>{let o=this.
send(t,a=>{o(),a.failed===void 0?r(a):s(new Error(a.failed))},n)})}close(){this.worker.terminate()}},Ue=class e{constructor(t,n){this.holder=t;this.kept=n}holder;kept;async ask(t){
let n=await this.holder.once({way:this.kept.way,question:t});return n.members?.map(r=>[r[1],r[0]==="kept"?new e(this.holder,r[2]):r[2]])??n.value}search(t,n){return this.
holder.send({way:this.kept.way,word:t},({hits:r=[],isDone:s=!0})=>n(r,s))}};async function Et(e){let t=new je;try{let{value:n,kept:r=[]}=await t.once({open:e},[
e]);for(let s of r){let o=n;for(let a of s.way.slice(0,-1))o=o[a];o[s.way[s.way.length-1]]=new Ue(t,s)}return r.length||t.close(),{data:n,close:()=>t.close()}}catch(n){
throw t.close(),n}}var ne=E(void 0);function On(e,t){let n=new Map,r={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:o,body:a}=JSON.parse(s);o?n.set(o,a):a.kind==="mistral-execution"?(r.execution=String(a.execution),r.taken=Number(a.taken_us)/1e3):a.
truncated&&(r.truncated=!0)}if(!r.execution)throw new Error("This is no file of an execution.");return r}function At(e){return ne.get()?.answers.get(e.split("?")[0])}function Pt(e){let t=new URLSearchParams;for(let[r,s]of Object.entries(e))s!==void 0&&s!==""&&t.set(r,String(s));let n=t.toString();return n?`?${n}`:""}var K=encodeURIComponent,
Yt="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",en=50,tn=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],nn=["state_info","input","output","params","updated_at"],rn=2e4;function Dn(e){let t={};for(let[o,a]of e)tn.includes(o)||(t[o]=a);let n=e.get("marker")??
void 0,r=nn.some(o=>o in t);return{path:`/v2/executions${Pt({...t,fields:Yt,limit:en,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:r?rn:void 0})}`,
filters:t,marker:n,isSlow:r}}var re=E(F.get("token")??void 0),on=E(JSON.parse(F.get("projects")??"[]")),Ie=E("");function $t(e,t=[]){e?F.set("token",e):F.drop("token"),F.set("projects",JSON.
stringify(t)),on.set(t),Ie.set(""),re.set(e)}function sn(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${ee}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let r=await n.
json();n.ok&&r.token?$t(r.token):Ie.set(r.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let t=F.get("mark");F.drop("mark"),!(!t||e.has("token")&&e.get("mark")!==
t)&&(e.has("token")?$t(e.get("token")):Ie.set(e.get("sign-in-failed")||"The provider has not signed you in."))}sn();var an=E(!1),N=class extends Error{constructor(n,r,s){
super(r);this.status=n;this.request=s}status;request};function un(e,t){let n=s=>`'${s.replaceAll("'","'\\''")}'`,r=["curl"];return t.method&&t.method!=="GET"&&r.
push("-X",t.method),re.get()&&r.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&r.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.
text!==void 0&&r.push("-H 'Content-Type: text/plain' --data-binary @-"),r.push(n(Me+e)),r.join(" ")}async function z(e,t={}){let n=un(e,t);if(ne.get()){let f=At(
e);if(f===void 0||(t.method??"GET")!=="GET")throw new N(404,"The file does not hold this.",n);return f}let r={Accept:"application/json",...t.headers},s;t.json!==
void 0?(r["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&(r["Content-Type"]="text/plain",s=t.text),(t.method??"GET")!=="GET"&&(r["\
X-Mistral-Console"]="1");let o=r["X-Auth-Token"]||e==="/console/session"?void 0:re.get();o?r["X-Auth-Token"]=o:t.asAdmin&&(r["X-Roles"]="admin");let a,c,_="";try{
a=await(s===void 0&&xt(e,o)||fetch(ee+e,{method:t.method??"GET",headers:r,body:s,signal:t.signal})),t.holds?c=await a.arrayBuffer():_=await a.text()}catch(f){throw f.
name==="AbortError"?f:new N(0,"The server cannot be reached.",n)}if(t.holds&&c&&a.ok&&c.byteLength>=Ct){let{data:f,close:l}=await Et(c);return t.holds(l),f}if(c&&
(_=new TextDecoder().decode(c)),a.status===401&&e!=="/console/session"&&an.set(!0),!a.ok)throw new N(a.status,cn(_,a),n);return _?JSON.parse(_):void 0}function cn(e,t){
try{let n=JSON.parse(e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}var me=E(void 0),ge={reached:()=>me.set(void 0),lost:()=>{me.get()===void 0&&me.set(Date.now())}},Rt=E(!1),Vn=me.use;var ln=3e4,_n=50;function ye(e,t=0,n=!1,r,s=!1){let[o,a]=C({at:0}),[c,_]=C(0),f=I(0),l=re.use(),v=Rt.use(),g=r===void 0?void 0:JSON.stringify(r),u=I({isAsking:!1,
isAskedAgain:!1}),p=Oe(()=>{u.current.isAsking?u.current.isAskedAgain=!0:_(y=>y+1)},[]),k=Oe(y=>a(R=>R.data===void 0?R:{...R,data:y(R.data)}),[]),m=I(void 0);O(
()=>()=>m.current?.(),[]);let d=I(t),h=I(v);O(()=>{d.current=v?0:t;let y=h.current&&!v&&t>0;h.current=v,y?p():!u.current.isAsking&&f.current===0&&u.current.schedule?.(
d.current)},[t,v]),vt(()=>{if(e===void 0)return;let y=new AbortController,R=0,Z=!0,j=U=>{clearTimeout(R),U>0&&!y.signal.aborted&&!ne.get()&&(R=window.setTimeout(
D,U))};u.current={isAsking:!1,isAskedAgain:!1,schedule:j};let D=async()=>{if(document.hidden&&!Z)return j(d.current||2e3);Z=!1,u.current.isAsking=!0,u.current.isAskedAgain=
!1;let U;try{let A=await z(e,{signal:y.signal,asAdmin:n,...g===void 0?{}:{method:"POST",json:JSON.parse(g)},...s?{holds:P=>U=P}:{}});if(y.signal.aborted)return U?.();
m.current?.(),m.current=U,u.current.isAsking=!1,f.current=0,ge.reached(),a({path:e,data:A,at:Date.now()}),j(u.current.isAskedAgain?_n:d.current)}catch(A){if(A.name===
"AbortError")return;u.current.isAsking=!1;let P=A instanceof N?A:new N(0,`The answer cannot be read: ${A}`,e);f.current+=1,P.status===0?ge.lost():ge.reached(),a(
$=>({path:e,data:$.path===e?$.data:void 0,error:P,at:$.at})),(P.status===0||P.status>=500)&&j(Math.min(ln,1e3*2**f.current))}};return D(),()=>{y.abort(),clearTimeout(
R),u.current={isAsking:!1,isAskedAgain:!1}}},[e,c,l,n,g]);let w=o.path===e;return{data:w?o.data:void 0,error:w?o.error:void 0,at:o.at,again:p,patch:k}}var Qn=(e,t=0)=>ye(
e,t,!1,void 0,!0);var B=`${ee}/console`;function Lt(){return(location.pathname.startsWith(`${B}/`)?location.pathname.slice(B.length):location.pathname.slice(8))+location.search}function ve(){
return{path:Lt().split("?")[0].split("/").filter(Boolean).map(fn),query:new URLSearchParams(location.search)}}function fn(e){try{return decodeURIComponent(e)}catch{
return e}}var We=E(ve()),nr=We.use;addEventListener("popstate",()=>We.set(ve()));var oe=e=>B+e;function be(e,t=!1){B+e!==location.pathname+location.search&&(history[t?
"replaceState":"pushState"](null,"",B+e),We.set(ve()))}function rr(e,t=!1){let{query:n}=ve();for(let[s,o]of Object.entries(e))o?n.set(s,o):n.delete(s);let r=n.toString();
be(Lt().split("?")[0]+(r?`?${r}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.
target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${B}/`)||t.pathname.startsWith(`${B}/a/`)||(e.preventDefault(),be(t.pathname.
slice(B.length)+t.search),scrollTo(0,0))});var He=(e,t)=>te.get(e)??t,J=E(He("zone","local")),dn=E(He("theme","system")),pn=E(He("keys","on")==="on"),ar=()=>Intl.supportedValuesOf?.("timeZone").filter(e=>e!==
"UTC")??[];function ur(e){te.set("keys",e?"on":"off"),pn.set(e)}function cr(e){te.set("zone",e),J.set(e)}function lr(e){te.set("theme",e),e==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=e,dn.set(e)}function Fe(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var Ot=new Map;function se(e,t){if(t==="\
UTC"||t===void 0){let r=t===void 0?e-new Date(e).getTimezoneOffset()*6e4:e;return new Date(r).toISOString().slice(0,19).replace("T"," ")}let n=Ot.get(t);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),Ot.set(t,n)),n.format(e)}function Be(e){if(e===void 0)return"\u2013";let t=J.
get();return t==="UTC"?`${se(e,"UTC")}Z`:se(e,t==="local"?void 0:t)}function qe(e){if(e===void 0)return"";let t=J.get(),n=t==="UTC"||t==="local"?"":`
${se(e,t)} ${t}`;return`${se(e,"UTC")} UTC
${se(e,void 0)} local${n}`}function Nt(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,r=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${r(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${r(n%3600/60)} m`:`${Math.floor(n/86400)} d ${r(n%86400/3600)} h`}var hn={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function Dt(e){let[t,n]=hn[e]??["\xB7","idle"];return{sign:t,colour:n}}var dr=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],pr=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),M=e=>e.toLocaleString("en");function hr(e){let t=["B","KB","MB","GB","TB"],n=0,
r=e;for(;r>=1024&&n<t.length-1;)r/=1024,n+=1;return`${r<10&&n?r.toFixed(1):Math.round(r)} ${t[n]}`}function mr(e){if(!e?.startsWith("{"))return{words:e??""};try{
let t=JSON.parse(e);return typeof t.description!="string"?{words:e}:{words:t.description.replace(/ '\(.*\)'/,""),cron:t.triggered_by?.type==="cron_trigger"?t.triggered_by.
id:void 0}}catch{return{words:e}}}function gr(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let r=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${r?r[1]:n[2]||t.split(`
`).find(s=>s.includes("[action_ex_id="))||"failed"}`}var mn=Symbol.for("pv"),gn=0;function i(e,t,n,r,s,o){t||(t={});var a,c,_=t;if("ref"in _&&typeof e!="function")for(c in _={},t)c=="ref"?a=t[c]:_[c]=t[c];var f={type:e,props:_,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:mn,__v:--gn,__i:-1,__u:0};return(s||o)&&(f.__source=s,f.__self=o),b.vnode&&b.vnode(f),f}function ie({state:e,short:t}){let{sign:n,colour:r}=Dt(e);return i("span",{class:`state state-${r}`,children:[i("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Ge({time:e}){return J.use(),i("time",{title:qe(e),children:Be(e)})}function Cr({time:e}){let[,t]=C(0);if(O(()=>{let r=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(r)},[]),e===void 0)return null;let n=e-Date.now();return i("time",{title:qe(e),children:n>0?`in ${Nt(n*1e3)}`:"now"})}var yn=/\/v2\/(executions|tasks|action_executions)\?/;
function ke({error:e,again:t,at:n}){let r=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does\
 not let you see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?`The service is busy or has no da\
tabase${yn.test(e.request)?", or the search took too long: narrow it by state, workflow or time":""}. Try again in a moment.`:e.status===0?"It is tried again by\
 itself.":"";return i("div",{class:"failure",role:"alert",children:[i("p",{children:[i("strong",{children:e.status||"No answer"})," ",e.message]}),r&&i("p",{class:"\
advice",children:r}),!!n&&i("p",{class:"muted",children:["What is shown is from ",Be(n),"."]}),i("details",{children:[i("summary",{children:"The request"}),i("p\
re",{children:e.request})]}),t&&i("button",{onClick:t,children:"Try again"})]})}function Ve({of:e,children:t}){let{data:n,error:r,at:s,again:o}=e,[a,c]=C(!1),_=n===
void 0&&!r;return O(()=>{if(!_)return c(!1);let f=setTimeout(()=>c(!0),150);return()=>clearTimeout(f)},[_]),i(S,{children:[r&&i(ke,{error:r,again:o,at:n===void 0?
void 0:s}),_&&a&&i("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[i("i",{}),i("i",{}),i("i",{})]}),n!==void 0&&i("div",{class:r?"stale":
void 0,children:t(n)})]})}function Er({look:e,isNews:t,children:n}){let r=I(null),[s,o]=C(!1);return O(()=>{let a=r.current,c=()=>o(a.scrollHeight>a.clientHeight),
_=new ResizeObserver(c);return _.observe(a),c(),()=>_.disconnect()},[n]),i("pre",{ref:r,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,
children:n})}function Ar({text:e}){let t=e.split("`");return i(S,{children:t.length%2?t.map((n,r)=>r%2?i("code",{children:n}):n):e})}function Mt({children:e}){return i(
"div",{class:"empty",children:e})}function Ke({title:e,close:t,children:n}){let r=I(null);return O(()=>{let s=r.current,o=document.activeElement;return s.showModal(),
()=>{s.close(),o?.focus?.()}},[]),i("dialog",{ref:r,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[i("h2",{children:e}),n]})}function Pr({title:e,
children:t,label:n,act:r,close:s}){let[o,a]=C(),[c,_]=C(!1),f=async()=>{_(!0);try{await r(),s()}catch(l){a(l instanceof N?l:new N(0,String(l),""))}_(!1)};return i(
Ke,{title:e,close:s,children:[t,o&&i(ke,{error:o}),i("div",{class:"buttons",children:[i("button",{class:n.startsWith("Delete")?"primary grave":"primary",disabled:c,
onClick:f,children:n}),i("button",{onClick:s,children:"Leave it"})]})]})}function $r({text:e,label:t="Copy"}){let[n,r]=C(!1);return i("button",{class:"small",onClick:async()=>{
await navigator.clipboard?.writeText(typeof e=="string"?e:await e()),r(!0),setTimeout(()=>r(!1),1500)},children:n?"Copied":t})}var jt=E(void 0),Ut=(e,t)=>!e||!e.read_only&&(!e.is_authenticated||e.may.includes(t)),Nr=e=>Ut(jt.use(),e);function ze({rule:e,children:t}){let n=jt.use();return Ut(
n,e)?i(S,{children:t}):n?.read_only?null:i("fieldset",{class:"may",disabled:!0,title:`The rule ${e} of this service's policy does not let you.`,children:t})}var vn=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delet\
e (ended ones)"]],Ze=e=>vn.find(([t])=>t===e)?.[1]??e,It=100;function bn({action:e,filter:t,ids:n,close:r,done:s}){let[o,a]=C(),[c,_]=C(),[f,l]=C(""),[v,g]=C("");
O(()=>{z("/v2/bulk_operations",{method:"POST",json:n?{action:e,ids:n}:{action:e,filter:t}}).then(a,_)},[]);let u=async()=>{try{let d=await z("/v2/bulk_operation\
s",{method:"POST",json:{preview:o.preview,reason:f||null}});r(),s(),be(`/bulk/${K(d.id)}`)}catch(d){_(d)}},p=Ze(e).replace(/ \(.*/,""),k=p.charAt(0).toUpperCase()+
p.slice(1),m=o&&(o.count<=It||v===String(o.count));return i(Ke,{title:`${k}: which executions?`,close:r,children:[c&&i(ke,{error:c}),!o&&!c&&i("p",{class:"muted",
role:"status",children:"Looking which match\u2026"}),o&&i(S,{children:[i("p",{children:[i("strong",{children:M(o.count)})," in a fitting state",o.capped?"; more\
 match than can be taken at once":"",". It is done to exactly these, whatever begins or ends meanwhile."]}),i("p",{children:Object.entries(o.by_state).map(([d,h])=>i(
"span",{class:"fact",children:[i(ie,{state:d})," ",M(h)]}))}),o.sample.length>0&&i("ul",{class:"plain",children:[o.sample.map(d=>i("li",{children:[i(ie,{state:d.
state,short:!0})," ",d.workflow_name," ",i("code",{children:d.id})]})),o.count>o.sample.length&&i("li",{class:"muted",children:["and ",M(o.count-o.sample.length),
" more"]})]}),t&&i("p",{class:"muted",children:["Filter: ",i("code",{children:new URLSearchParams(t).toString()})]}),i("label",{class:"block",children:["Why ",i(
"span",{class:"muted",children:["shown with the operation",e==="cancel"?" and in each execution":""]}),i("input",{value:f,onInput:d=>l(d.currentTarget.value)})]}),
o.count>It&&i("label",{class:"block",children:["Type the number to go on",i("input",{inputMode:"numeric",value:v,onInput:d=>g(d.currentTarget.value)})]})]}),i("\
div",{class:"buttons",children:[i("button",{class:e==="delete"?"primary grave":"primary",disabled:!o?.count||!m,onClick:u,children:[k,o?` ${M(o.count)}`:""]}),i(
"button",{onClick:r,children:"Leave it"})]})]})}var Je=e=>Object.entries(e??{}).map(([t,n])=>`${t}=${typeof n=="string"?n:JSON.stringify(n)}`).join(" ");function Wt({
of:e}){return i("progress",{max:e.total||1,value:e.done,"aria-label":`${e.done} of ${e.total}`})}function Gr(){let e=ye("/v2/bulk_operations",3e3);return i(S,{children:[
i("div",{class:"title",children:i("h1",{children:"Bulk operations"})}),i(Ve,{of:e,children:t=>t.bulk_operations.length?i("div",{class:"scroll",children:i("table",
{class:"stack",children:[i("thead",{children:i("tr",{children:[i("th",{children:"State"}),i("th",{children:"What"}),i("th",{children:"Progress"}),i("th",{children:"\
When"}),i("th",{children:"Why"}),i("th",{children:"Filter"})]})}),i("tbody",{children:t.bulk_operations.map(n=>i("tr",{children:[i("td",{children:i(ie,{state:n.
state})}),i("td",{class:"nowrap",children:i("a",{class:"row",href:oe(`/bulk/${K(n.id)}`),children:Ze(n.action)})}),i("td",{children:[i(Wt,{of:n})," ",M(n.done),
" of ",M(n.total),n.failed>0&&i("span",{class:"state-error",children:[" \u2716 ",n.failed]})]}),i("td",{class:"nowrap","data-l":"When",children:i(Ge,{time:Fe(n.
created_at)})}),n.reason?i("td",{class:"wide","data-l":"Why",children:n.reason}):i("td",{}),i("td",{class:"wide","data-l":"Filter",children:i("code",{children:Je(
n.filter)})})]}))})]})}):i(Mt,{children:[i("p",{children:"Nothing has been done to many executions at once."}),i("p",{children:["Filter the ",i("a",{href:oe("/e\
xecutions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}function Vr({id:e}){let t=`/v2/bulk_operations/${K(e)}`,n=ye(t,1e3),[r,s]=C(
!1);return i(Ve,{of:n,children:o=>i(S,{children:[i("div",{class:"title",children:[i("h1",{children:Ze(o.action)})," ",i(ie,{state:o.state})," ",i("code",{children:o.
id})]}),i("p",{class:"facts",children:["begun ",i(Ge,{time:Fe(o.created_at)}),o.user_id&&i(S,{children:[" by ",o.user_id]}),o.reason&&i(S,{children:[" \xB7 ",o.
reason]}),Je(o.filter)&&i(S,{children:[" \xB7 ",i("code",{children:Je(o.filter)})]})]}),i("p",{children:[i(Wt,{of:o})," ",M(o.done)," of ",M(o.total),", ",M(o.failed),
" of them not done"]}),i("div",{class:"buttons",children:[o.state==="RUNNING"&&i(ze,{rule:"bulk_operations:update",children:i("button",{onClick:async()=>{await z(
t,{method:"PUT",json:{state:"CANCELLED"}}),n.again()},children:"Stop"})}),o.failures.length>0&&i(ze,{rule:"bulk_operations:create",children:i("button",{onClick:()=>s(
!0),children:"Repeat for the failures\u2026"})}),i("a",{class:"button",href:oe("/bulk"),children:"All bulk operations"})]}),o.failures.length>0&&i("div",{class:"\
scroll",children:i("table",{children:[i("thead",{children:i("tr",{children:[i("th",{children:"Execution"}),i("th",{children:"Why not"})]})}),i("tbody",{children:o.
failures.map(a=>i("tr",{children:[i("td",{children:i("a",{href:oe(`/executions/${K(a.id)}`),children:i("code",{children:a.id})})}),i("td",{class:"wide",children:a.
message})]}))})]})}),r&&i(bn,{action:o.action,ids:o.failures.map(a=>a.id),close:()=>s(!1),done:n.again})]})})}export{S as a,le as b,kn as c,C as d,O as e,vt as f,I as g,bt as h,Tt as i,Me as j,ee as k,E as l,Lt as m,nr as n,oe as o,be as p,rr as q,F as r,te as s,J as t,
dn as u,pn as v,ar as w,ur as x,cr as y,lr as z,Rt as A,Vn as B,Ue as C,ne as D,On as E,Pt as F,K as G,nn as H,Dn as I,re as J,on as K,Ie as L,$t as M,an as N,N as O,
z as P,Fe as Q,Be as R,Nt as S,Dt as T,dr as U,pr as V,M as W,hr as X,mr as Y,gr as Z,i as _,ie as $,Ge as aa,Cr as ba,ke as ca,Ve as da,Er as ea,Ar as fa,Mt as ga,
Ke as ha,Pr as ia,$r as ja,ye as ka,Qn as la,jt as ma,Nr as na,ze as oa,vn as pa,bn as qa,Gr as ra,Vr as sa};
