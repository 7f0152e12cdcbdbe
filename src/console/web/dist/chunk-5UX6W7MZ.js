var b,ot,Vt,H,Se,pe,st,le,it,Ee,Ce,Kt,Y=Symbol.for("pv"),he={},me=[],zt=/^m(i|n|o|s|text|space)$/,Ae=Array.isArray,at=me.slice,V=Object.assign;function G(e){e&&
e.parentNode&&e.remove()}function _e(e,t,n,r,s){var o={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Y,__v:s||++ot,__i:-1,__u:0};return!s&&b.vnode&&b.vnode(
o),o}function S(e){return e.children}function fe(e,t){this.props=e,this.context=t,this.__g=0}function F(e,t){if(t==null)return e.__&&F(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:F(e)}function Jt(e){var t,n=e.__v,r=n.__e,s=[],o=[],a=e.__P;a&&
((t=V({constructor:Y},n)).__v=n.__v+1,b.vnode&&b.vnode(t),Pe(a,t,n,e.__n,a.namespaceURI,32&n.__u?[r]:null,s,r||F(n),32&n.__u,o),t.__v=n.__v,t.__.__k[t.__i]=t,dt(
s,t,o),n.__=n.__e=null,t.__e!=r&&ut(t))}function ut(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),ut(e)}
function nt(e){(8&e.__g||(e.__g|=8,H.push(e),pe++))&&Se==b.debounceRendering||((Se=b.debounceRendering)||queueMicrotask)(ct)}function ct(){try{for(var e,t=1;H.length;)
H.length>t&&H.sort(st),e=H.shift(),t=H.length,8&e.__g&&Jt(e)}finally{(pe=H.length)&&(Se||queueMicrotask)(ct)}}function lt(e,t,n,r,s,o,a,c,_,f,l){var v,g,u,p,k,m,
d=r.__k||me,h=t.length;for(_=Zt(n,t,d,_,h),v=0;v<h;v++)(u=n.__k[v])!=null&&(g=~u.__i&&d[u.__i]||he,u.__i=v,m=Pe(e,u,g,s,o,a,c,_,f,l),p=u.__e,(g.ref!=u.ref||8&g.
__u)&&(g.ref&&$e(g.ref,null,u,g),u.ref&&l.push(u.ref,u.__c||p,u)),k=k||p,4&u.__u?(_=_t(u,_,e,!g.__v),g.__e&&(g.__e=null)):typeof u.type=="function"&&m!==void 0?
_=m:p&&(_=p.nextSibling),u.__u&=-21);return n.__e=k,_}function Zt(e,t,n,r,s){var o,a,c,_,f,l,v,g,u,p=n.length,k=p,m=0,d=0,h=e.__k=Array(s);for(o=0;o<s;o++)(a=t[o])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=h[o]=_e(null,a):Ae(a)?a=h[o]=_e(S,{children:a}):a.constructor===Y&&
a.__b?a=h[o]=_e(a.type,a.props,a.key,a.ref,a.__v):h[o]=a,_=o+m,a.__=e,a.__b=e.__b+1,c=null,~(f=a.__i=Xt(a,n,_,k))&&(k--,(c=n[f])&&(c.__u|=2)),c&&c.__v?(a.__u|=16,
f==_-1?m--:f==_+1?m++:f!=_&&(f>_?m--:m++,d=1)):(~f||(s>p?m--:s<p&&m++),typeof a.type!="function"&&(a.__u|=4))):h[o]=null;if(d){for(l=[],v=[],o=0;o<s;o++)if((a=h[o])&&
16&a.__u){for(m=0,g=l.length;m<g;)l[u=m+g>>1]<a.__i?m=u+1:g=u;l[m]=a.__i,v[o]=m+1}for(m=l.length;o--;)v[o]&&(v[o]==m?m--:h[o].__u|=4)}if(k)for(o=0;o<p;o++)!(c=n[o])||
2&c.__u||(c.__e==r&&(r=F(c)),Le(c,c));return r}function _t(e,t,n,r){var s,o,a,c;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(o=0;o<s.length;o++)
s[o]&&(s[o].__=e,t=_t(s[o],t,n,!1));return t}for(t&&!t.parentNode&&(t=F(e))&&!t.parentNode&&(t=null),a=e.__e,c=t;c&&c.nodeType==8;)c=c.nextSibling;for(a!=c&&(!r&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function Xt(e,t,n,r){var s,o=e.key,a=e.type,c=t[n],_=c&&!(2&c.__u);if(c===null&&o==null||_&&o==c.key&&a==c.type)return n;if(r>(_?1:0)){for(s=n-1;s>=0;s--)if((c=
t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s;for(s=n+1;s<t.length;s++)if((c=t[s])&&!(2&c.__u)&&o==c.key&&a==c.type)return s}return-1}function rt(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function ce(e,t,n,r,s){var o,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||rt(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||rt(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(a=Ce[t]||(Ce[t]=Qt(t)),(e.__a||(e.__a={}))[t]=Ee,o=t!=(t=t.replace(it,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,o):e.removeEventListener(t,a,o));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Qt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[le]==null)t[le]=Ee++;else if(t[le]<this.__a[e])return;return n(b.event?b.event(t):t)}}}function Pe(e,t,n,r,s,o,a,c,_,f){
var l,v,g,u,p,k,m,d,h,w,y,R,Q,U,D,I,A,P,$=t.type;if(t.constructor!==Y)return null;128&n.__u&&(_=32&n.__u,l=n.__c.__z)&&(t.__u|=_,v=o=[],l.nodeType==8?c=de(l,o):
o.push(l),c=o[0]||c),(l=b.__b)&&l(t);e:if(typeof $=="function"){g=a.length;try{if(d=t.props,h=(l=$.prototype)&&l.render,w=(l=$.contextType)&&r[l.__c],y=l?w?w.props.
value:l.__:r,(u=n.__c)?(t.__c=u,2&u.__g&&(u.__g|=1)):(h?t.__c=u=new $(d,y):(t.__c=u=new fe(d,y),u.constructor=$,u.render=en),w&&w.sub(u),u.state||(u.state={}),u.
__n=r,u.__g|=8,u.__h=[],u.__k=[]),h&&(u.__s||(u.__s=u.state),$.getDerivedStateFromProps&&(u.__s==u.state&&(u.__s=V({},u.__s)),V(u.__s,$.getDerivedStateFromProps(
d,u.__s)))),p=u.props,k=u.state,u.__v=t,n.__c){if(d!==p&&h&&!$.getDerivedStateFromProps&&u.componentWillReceiveProps&&u.componentWillReceiveProps(d,y),t.__v==n.
__v&&!(8&u.__g)||!(4&u.__g)&&u.shouldComponentUpdate&&u.shouldComponentUpdate(d,u.__s,y)===!1){t.__v!=n.__v&&(u.props=d,u.state=u.__s,u.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(O){O&&(O.__=t)}),me.push.apply(u.__h,u.__k),u.__k=[],u.__h.length&&a.push(u),c=F(n);break e}u.componentWillUpdate&&u.componentWillUpdate(
d,u.__s,y),h&&u.componentDidUpdate&&u.__h.push(function(){u.componentDidUpdate(p,k,m)})}else h&&!$.getDerivedStateFromProps&&u.componentWillMount&&u.componentWillMount(),
h&&u.componentDidMount&&u.__h.push(u.componentDidMount);u.context=y,u.props=d,u.__P=e,u.__g&=-5,R=b.__r,Q=h?25:0;do u.__g&=-9,R&&R(t),l=u.render(u.props,u.state=
u.__s,u.context);while(8&u.__g&&++Q<25);h&&(me.push.apply(u.__h,u.__k),u.__k=[]),u.state=u.__s,u.getChildContext&&(r=V({},r,u.getChildContext())),h&&n.__c&&u.getSnapshotBeforeUpdate&&
(m=u.getSnapshotBeforeUpdate(p,k)),U=l&&l.type===S&&l.key==null?l.props.children:l,d.__P&&(l=c,s=(e=d.__P).namespaceURI,_=o=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(O){O&&Le(O,O)}),n.__k=null),c=n.__k?F(n,0):null),c=lt(e,Ae(U)?U:[U],t,n,r,s,o,a,c,_,f),d.__P&&(t.__e=null,c=l),t.__u&=-161,v&&v.some(G),u.__h.length&&
a.push(u),1&u.__g&&(u.__g&=-4)}catch(O){if(a.length=g,t.__v=null,_||o)if(O&&O.then){if(t.__u|=128|_,o){for(~(A=o.indexOf(c||void 0))||(A=o.length);(P=o[A-1])&&P.
nodeType==8;)A--;for(;A<o.length;A++)if(P=o[A])if(o[A]=null,D){if(P==I)break}else{if(P.nodeType!=8)break;P.data.startsWith("$s")&&(I=de(D=P))}}if(!D){for(;c&&c.
nodeType==8&&c.nextSibling;)c=c.nextSibling;D=c}(l=de(D=t.__c.__z||(t.__c.__z=D)))?(t.__e=D,c=l):t.__e=c,c=c&&c.nextSibling}else o&&o.some(G);else t.__e=n.__e;t.
__k||(t.__k=n.__k||[]),O&&O.then||ft(t),b.__e(O,t,n)}}else c=t.__e=Yt(n.__e,t,n,r,s,o,a,_,f,e);return(l=b.diffed)&&l(t),c}function de(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function ft(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(ft))}function dt(e,t,n){for(var r=0;r<n.length;)$e(n[r++],n[r++],n[r++]);b.__c&&b.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(o){o.call(s)})}catch(o){b.__e(o,s.__v)}})}function Yt(e,t,n,r,s,o,a,c,_,f){var l,v,g,u,p,k,m,d,h=n.props||he,w=t.
props,y=t.type;if(y=="svg"?s="http://www.w3.org/2000/svg":y=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),o){for(l=0;l<o.
length;l++)if((p=o[l])&&(y?p.localName==y:p.nodeType==3)){e=p,o[l]=null;break}}if(!e){if(d=f.ownerDocument||document,!y)return d.createTextNode(w);e=d.createElementNS(
s,y,w.is?w:f),c&&(b.__m&&b.__m(t,o),c=!1),o=null}if(y){if(f=y=="template"&&e.content||e,o=y=="textarea"&&w.defaultValue!=null?null:o&&at.call(f.childNodes),!c&&
o)for(h={},l=0;l<e.attributes.length;l++)h[(p=e.attributes[l]).name]=p.value;for(l in h)p=h[l],l=="dangerouslySetInnerHTML"?g=p:l=="children"||l in w||l=="value"&&
"defaultValue"in w||l=="checked"&&"defaultChecked"in w||ce(e,l,null,p,s);for(l in w)p=w[l],l=="children"?u=p:l=="dangerouslySetInnerHTML"?v=p:l=="value"?k=p:l==
"checked"?m=p:c&&typeof p!="function"||h[l]===p||ce(e,l,p,h[l],s);v?(c||g&&(v.__html==g.__html||v.__html==e.innerHTML)||(e.innerHTML=v.__html),t.__k=[]):(g&&(e.
textContent=""),(y=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&zt.test(y))&&(s="http://www.w3.org/1999/xhtml"),lt(f,Ae(u)?u:[u],t,n,r,s,o,a,o?o[0]:
n.__k&&F(n,0),c,_),o&&o.some(G)),c&&y!="textarea"||(l="value",y=="progress"&&k==null?e.removeAttribute(l):k==null||k===e[l]&&(y!="progress"||k)||ce(e,l,k,h[l],s),
l="checked",m!=null&&m!=e[l]&&ce(e,l,m,h[l],s))}else h===w||c&&e.data==w||(e.data=w);return e}function $e(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&(r=
r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){b.__e(s,n)}}function Le(e,t,n){var r,s,o,a;if(b.unmount&&b.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||$e(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(c){b.__e(c,t)}r.__P=r.__n=null}
if(r=e.__k)for(a=0;a<r.length;a++)r[a]&&Le(r[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(s=de(r,o=[]))&&(r==e.__e&&o.some(G),G(s),
G(r)),n||G(e.__e),e.__e=e.__c=e.__=null}function en(e,t,n){return this.constructor(e,n)}function Cn(e,t){var n,r,s,o;b.__&&b.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=_e(S,{children:[e]}),s=[],o=[],Pe(t,t.__k,r||he,he,t.namespaceURI,r?null:t.firstChild?at.call(t.childNodes):null,s,r?r.__e:t.
firstChild,n,o),dt(s,t.__k,o),t.__k.props.children=null}b={__e:function(e,t,n,r){for(var s,o,a;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((a=(o=s.constructor)&&o.getDerivedStateFromError)&&s.setState(o.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,r||{}),a=1),a&&8&s.__g)return void(s.__g|=2)}catch(c){e=c}}throw pe=0,e}},ot=0,Vt=function(e){return e!=null&&e.
constructor===Y},fe.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=V({},this.state)),typeof e=="function"&&(e=e(V({},n),this.props)),
e&&(V(n,e),this.__v&&(t&&this.__k.push(t),nt(this)))},fe.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),nt(this))},fe.prototype.render=
S,H=[],pe=0,st=function(e,t){return e.__v.__b-t.__v.__b},le=Symbol(),it=/(PointerCapture)$|Capture$/i,Ee=0,Ce={},Kt=0;var z,T,Re,pt,Oe=Object.is,te=0,xt=[],Ne=[],x=b,ht=x.__b,mt=x.__r,gt=x.diffed,yt=x.__c,vt=x.unmount,bt=x.__;function ge(e,t){x.__h&&x.__h(T,e,te||t),te=0;var n=T.
__H||(T.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function C(e){return te=1,tn(Ct,e)}function tn(e,t,n){var r=ge(z++,2);if(r.t=e,!r.__c&&
(r.__=[n?n(t):Ct(void 0,t),function(o){var a=(r.__N||r.__)[0],c=r.t(a,o);Oe(a,c)||(r.__N=[c,r.__[1]],r.__c.setState({}))}],r.__c=T,!T.__f)){T.__f=!0;var s=T.shouldComponentUpdate;
T.shouldComponentUpdate=function(o,a,c){var _=this.__H;if(!_)return!0;var f=!1,l=this.props!=o;if(_.__.some(function(g){g.__N&&(f=!0,Oe(g.__[0],g.__N[0])||(l=!0))}),
s){var v=s.call(this,o,a,c);return f?v||l:v}return!f||l}}return r.__}function L(e,t){var n=ge(z++,3);!x.__s&&je(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,T.__H.__h.push(
n))}function Tt(e,t){var n=ge(z++,4);!x.__s&&je(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,T.__h.push(n))}function M(e){return te=5,St(function(){return{current:e}},[])}function St(e,t){var n=ge(z++,7);return je(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Me(e,t){return te=8,St(function(){return e},t)}function nn(){var e;do{for(;e=Ne.shift();)try{ee(e)}catch(n){x.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=xt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(ee),t.__h.
some(De),t.__h=[]}catch(n){t.__h=[],x.__e(n,e.__v)}}}while(Ne.length)}x.__b=function(e){T=null,ht&&ht(e)},x.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),
bt&&bt(e,t)},x.__r=function(e){mt&&mt(e),z=0;var t=(T=e.__c).__H;t&&(Re==T?T.__h=[]:(t.__h.some(ee),t.__h.some(De),z=0),t.__h=[],t.__.some(function(n){n.__N&&(n.
__=n.__N),n.u=n.__N=void 0})),Re=T},x.diffed=function(e){gt&&gt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&wt(xt.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=
n.u)})),Re=T=null},x.__c=function(e,t){t.some(function(n){try{n.__h.some(ee),n.__h=n.__h.filter(function(r){return!r.__||De(r)})}catch(r){n.__h=[function(){throw r}]}}),
yt&&yt(e,t)},x.unmount=function(e){vt&&vt(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,wt(Ne.push(s))}else ee(s)}catch(o){t=o}}),r.__H=void 0,t&&x.__e(t,r.__v))};var kt=typeof requestAnimationFrame=="function";function rn(e){
var t,n=function(){clearTimeout(r),kt&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);kt&&(t=requestAnimationFrame(n))}function wt(e){e!=1&&pt==x.requestAnimationFrame||
((pt=x.requestAnimationFrame)||rn)(nn)}function ee(e){var t=T,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),T=t}function De(e){var t=T;e.__c=e.__(),T=t}function je(e,t){
return!e||e.length!=t.length||t.some(function(n,r){return!Oe(n,e[r])})}function Ct(e,t){return typeof t=="function"?t(e):t}var Et="mistralEarly";function At(e,t){let n=globalThis,r=n[Et];if(!(!r||r.path!==e||r.token!==t))return delete n[Et],r.answer}var Ue=document.querySelector('script[type="module"]').src,Pt=e=>Ue.replace("app.js",e),Ie=Ue.slice(0,Ue.lastIndexOf("/console/a/")),ne=Ie.slice(location.origin.
length);function E(e){let t=e,n=new Set;return{get:()=>t,set:r=>{if(!Object.is(t,r)){t=r;for(let s of n)s()}},listen:r=>{n.add(r)},use:()=>{let[,r]=C(0);return L(()=>{let s=()=>r(
o=>o+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}function $t(e){let t=new Map,n=(r,s)=>{try{return r(e())}catch{return s()}};return{get:r=>n(s=>s.getItem(`mistral.${r}`),()=>t.get(r)??null),set:(r,s)=>n(o=>o.setItem(
`mistral.${r}`,s),()=>{t.set(r,s)}),drop:r=>n(s=>s.removeItem(`mistral.${r}`),()=>{t.delete(r)})}}var B=$t(()=>sessionStorage),re=$t(()=>localStorage);var Lt=1<<20,We=class{worker=new Worker(Pt("held.js"),{type:"module"});heard=new Map;last=0;constructor(){this.worker.onmessage=({data:t})=>this.heard.get(t.id)?.(
t),this.worker.onerror=t=>[...this.heard].forEach(([n,r])=>r({id:n,failed:t.message||"The worker has failed."}))}send(t,n,r=[]){let s=++this.last;return this.heard.
set(s,n),this.worker.postMessage({...t,id:s},r),()=>{this.heard.delete(s)&&this.worker.postMessage({id:s,stop:s})}}once(t,n){return new Promise((r,s)=>{let o=this.
send(t,a=>{o(),a.failed===void 0?r(a):s(new Error(a.failed))},n)})}close(){this.worker.terminate()}},He=class e{constructor(t,n){this.holder=t;this.kept=n}holder;kept;async ask(t){
let n=await this.holder.once({way:this.kept.way,question:t});return n.members?.map(r=>[r[1],r[0]==="kept"?new e(this.holder,r[2]):r[2]])??n.value}search(t,n){return this.
holder.send({way:this.kept.way,word:t},({hits:r=[],isDone:s=!0})=>n(r,s))}};async function Rt(e){let t=new We;try{let{value:n,kept:r=[]}=await t.once({open:e});
for(let s of r){let o=n;for(let a of s.way.slice(0,-1))o=o[a];o[s.way[s.way.length-1]]=new He(t,s)}return r.length||t.close(),{data:n,close:()=>t.close()}}catch(n){
throw t.close(),n}}var oe=E(void 0);function Un(e,t){let n=new Map,r={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:o,body:a}=JSON.parse(s);o?n.set(o,a):a.kind==="mistral-execution"?(r.execution=String(a.execution),r.taken=Number(a.taken_us)/1e3):a.
truncated&&(r.truncated=!0)}if(!r.execution)throw new Error("This is no file of an execution.");return r}function Ot(e){return oe.get()?.answers.get(e.split("?")[0])}function Nt(e){let t=new URLSearchParams;for(let[r,s]of Object.entries(e))s!==void 0&&s!==""&&t.set(r,String(s));let n=t.toString();return n?`?${n}`:""}var J=encodeURIComponent,
on="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",sn=50,an=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],un=["state_info","input","output","params","updated_at"],cn=2e4;function Wn(e){let t={};for(let[o,a]of e)an.includes(o)||(t[o]=a);let n=e.get("marker")??
void 0,r=un.some(o=>o in t);return{path:`/v2/executions${Nt({...t,fields:on,limit:sn,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:r?cn:void 0})}`,
filters:t,marker:n,isSlow:r}}var se=E(B.get("token")??void 0),ln=E(JSON.parse(B.get("projects")??"[]")),Fe=E("");function Dt(e,t=[]){e?B.set("token",e):B.drop("token"),B.set("projects",JSON.
stringify(t)),ln.set(t),Fe.set(""),se.set(e)}function _n(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${ne}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let r=await n.
json();n.ok&&r.token?Dt(r.token):Fe.set(r.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let t=B.get("mark");B.drop("mark"),!(!t||e.has("token")&&e.get("mark")!==
t)&&(e.has("token")?Dt(e.get("token")):Fe.set(e.get("sign-in-failed")||"The provider has not signed you in."))}_n();var fn=E(!1),N=class extends Error{constructor(n,r,s){
super(r);this.status=n;this.request=s}status;request};function dn(e,t){let n=s=>`'${s.replaceAll("'","'\\''")}'`,r=["curl"];return t.method&&t.method!=="GET"&&r.
push("-X",t.method),se.get()&&r.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&r.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.
text!==void 0&&r.push("-H 'Content-Type: text/plain' --data-binary @-"),r.push(n(Ie+e)),r.join(" ")}async function Z(e,t={}){let n=dn(e,t);if(oe.get()){let f=Ot(
e);if(f===void 0||(t.method??"GET")!=="GET")throw new N(404,"The file does not hold this.",n);return f}let r={Accept:"application/json",...t.headers},s;t.json!==
void 0?(r["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&(r["Content-Type"]="text/plain",s=t.text),(t.method??"GET")!=="GET"&&(r["\
X-Mistral-Console"]="1");let o=r["X-Auth-Token"]||e==="/console/session"?void 0:se.get();o?r["X-Auth-Token"]=o:t.asAdmin&&(r["X-Roles"]="admin");let a,c,_="";try{
a=await(s===void 0&&At(e,o)||fetch(ne+e,{method:t.method??"GET",headers:r,body:s,signal:t.signal})),t.holds&&a.ok?c=await a.blob():_=await a.text()}catch(f){throw f.
name==="AbortError"?f:new N(0,"The server cannot be reached.",n)}if(c&&c.size>=Lt){let{data:f,close:l}=await Rt(c);return t.holds(l),f}if(c&&(_=await c.text()),
a.status===401&&e!=="/console/session"&&fn.set(!0),!a.ok)throw new N(a.status,pn(_,a),n);return _?JSON.parse(_):void 0}function pn(e,t){try{let n=JSON.parse(e);
return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}var ye=E(void 0),ve={reached:()=>ye.set(void 0),lost:()=>{ye.get()===void 0&&ye.set(Date.now())}},Mt=E(!1),Xn=ye.use;var hn=3e4,mn=50;function be(e,t=0,n=!1,r,s=!1){let[o,a]=C({at:0}),[c,_]=C(0),f=M(0),l=se.use(),v=Mt.use(),g=r===void 0?void 0:JSON.stringify(r),u=M({isAsking:!1,
isAskedAgain:!1}),p=Me(()=>{u.current.isAsking?u.current.isAskedAgain=!0:_(y=>y+1)},[]),k=Me(y=>a(R=>R.data===void 0?R:{...R,data:y(R.data)}),[]),m=M(void 0);L(
()=>()=>m.current?.(),[]);let d=M(t),h=M(v);L(()=>{d.current=v?0:t;let y=h.current&&!v&&t>0;h.current=v,y?p():!u.current.isAsking&&f.current===0&&u.current.schedule?.(
d.current)},[t,v]),Tt(()=>{if(e===void 0)return;let y=new AbortController,R=0,Q=!0,U=I=>{clearTimeout(R),I>0&&!y.signal.aborted&&!oe.get()&&(R=window.setTimeout(
D,I))};u.current={isAsking:!1,isAskedAgain:!1,schedule:U};let D=async()=>{if(document.hidden&&!Q)return U(d.current||2e3);Q=!1,u.current.isAsking=!0,u.current.isAskedAgain=
!1;let I;try{let A=await Z(e,{signal:y.signal,asAdmin:n,...g===void 0?{}:{method:"POST",json:JSON.parse(g)},...s?{holds:P=>I=P}:{}});if(y.signal.aborted)return I?.();
m.current?.(),m.current=I,u.current.isAsking=!1,f.current=0,ve.reached(),a({path:e,data:A,at:Date.now()}),U(u.current.isAskedAgain?mn:d.current)}catch(A){if(A.name===
"AbortError")return;u.current.isAsking=!1;let P=A instanceof N?A:new N(0,`The answer cannot be read: ${A}`,e);f.current+=1,P.status===0?ve.lost():ve.reached(),a(
$=>({path:e,data:$.path===e?$.data:void 0,error:P,at:$.at})),(P.status===0||P.status>=500)&&U(Math.min(hn,1e3*2**f.current))}};return D(),()=>{y.abort(),clearTimeout(
R),u.current={isAsking:!1,isAskedAgain:!1}}},[e,c,l,n,g]);let w=o.path===e;return{data:w?o.data:void 0,error:w?o.error:void 0,at:o.at,again:p,patch:k}}function rr(e,t,n){
let r=M(t);L(()=>{if(r.current??=t,r.current===t)return;let s=setTimeout(()=>{r.current=t,e.again()},Math.max(0,e.at+n-Date.now()));return()=>clearTimeout(s)},[
t])}var or=(e,t=0)=>be(e,t,!1,void 0,!0);var q=`${ne}/console`,W=location.pathname+location.search,jt=()=>W.slice(W.startsWith(`${q}/`)?q.length:8);function we(){return{path:jt().split("?")[0].split("/").
filter(Boolean).map(gn),query:new URLSearchParams(W.split("?")[1])}}function gn(e){try{return decodeURIComponent(e)}catch{return e}}var Ge=E(we()),ur=Ge.use;addEventListener(
"popstate",()=>{clearTimeout(K),K=0,W=location.pathname+location.search,Ge.set(we())});var Be=350,K=0,qe=-Be;function ke(){clearTimeout(K),K=0,location.pathname+
location.search!==W&&history.replaceState(null,"",W),qe=performance.now()}addEventListener("pagehide",()=>K&&ke());var ie=e=>q+e;function xe(e,t=!1){q+e!==W&&(K&&
!t&&ke(),W=q+e,t?performance.now()-qe>=Be?ke():K||=window.setTimeout(ke,qe+Be-performance.now()):history.pushState(null,"",W),Ge.set(we()))}function cr(e,t=!1){
let{query:n}=we();for(let[s,o]of Object.entries(e))o?n.set(s,o):n.delete(s);let r=n.toString();xe(jt().split("?")[0]+(r?`?${r}`:""),t)}addEventListener("click",
e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target.closest?.("a");!t||t.target||t.origin!==location.origin||
!t.pathname.startsWith(`${q}/`)||t.pathname.startsWith(`${q}/a/`)||(e.preventDefault(),xe(t.pathname.slice(q.length)+t.search),scrollTo(0,0))});var Ve=(e,t)=>re.get(e)??t,X=E(Ve("zone","local")),yn=E(Ve("theme","system")),vn=E(Ve("keys","on")==="on"),dr=()=>Intl.supportedValuesOf?.("timeZone").filter(e=>e!==
"UTC")??[];function pr(e){re.set("keys",e?"on":"off"),vn.set(e)}function hr(e){re.set("zone",e),X.set(e)}function mr(e){re.set("theme",e),e==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=e,yn.set(e)}function Ke(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var Ut=new Map;function ae(e,t){if(t==="\
UTC"||t===void 0){let r=t===void 0?e-new Date(e).getTimezoneOffset()*6e4:e;return new Date(r).toISOString().slice(0,19).replace("T"," ")}let n=Ut.get(t);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),Ut.set(t,n)),n.format(e)}function ze(e){if(e===void 0)return"\u2013";let t=X.
get();return t==="UTC"?`${ae(e,"UTC")}Z`:ae(e,t==="local"?void 0:t)}function Je(e){if(e===void 0)return"";let t=X.get(),n=t==="UTC"||t==="local"?"":`
${ae(e,t)} ${t}`;return`${ae(e,"UTC")} UTC
${ae(e,void 0)} local${n}`}function It(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,r=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${r(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${r(n%3600/60)} m`:`${Math.floor(n/86400)} d ${r(n%86400/3600)} h`}var bn={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function Wt(e){let[t,n]=bn[e]??["\xB7","idle"];return{sign:t,colour:n}}var vr=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],br=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),j=e=>e.toLocaleString("en");function kr(e){let t=["B","KB","MB","GB","TB"],n=0,
r=e;for(;r>=1024&&n<t.length-1;)r/=1024,n+=1;return`${r<10&&n?r.toFixed(1):Math.round(r)} ${t[n]}`}function wr(e){if(!e?.startsWith("{"))return{words:e??""};try{
let t=JSON.parse(e);return typeof t.description!="string"?{words:e}:{words:t.description.replace(/ '\(.*\)'/,""),cron:t.triggered_by?.type==="cron_trigger"?t.triggered_by.
id:void 0}}catch{return{words:e}}}function xr(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let r=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${r?r[1]:n[2]||t.split(`
`).find(s=>s.includes("[action_ex_id="))||"failed"}`}var kn=Symbol.for("pv"),wn=0;function i(e,t,n,r,s,o){t||(t={});var a,c,_=t;if("ref"in _&&typeof e!="function")for(c in _={},t)c=="ref"?a=t[c]:_[c]=t[c];var f={type:e,props:_,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:kn,__v:--wn,__i:-1,__u:0};return(s||o)&&(f.__source=s,f.__self=o),b.vnode&&b.vnode(f),f}function ue({state:e,short:t}){let{sign:n,colour:r}=Wt(e);return i("span",{class:`state state-${r}`,children:[i("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Ze({time:e}){return X.use(),i("time",{title:Je(e),children:ze(e)})}function Rr({time:e}){let[,t]=C(0);if(L(()=>{let r=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(r)},[]),e===void 0)return null;let n=e-Date.now();return i("time",{title:Je(e),children:n>0?`in ${It(n*1e3)}`:"now"})}var xn=/\/v2\/(executions|tasks|action_executions)\?/;
function Te({error:e,again:t,at:n}){let r=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does\
 not let you see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?`The service is busy or has no da\
tabase${xn.test(e.request)?", or the search took too long: narrow it by state, workflow or time":""}. Try again in a moment.`:e.status===0?"It is tried again by\
 itself.":"";return i("div",{class:"failure",role:"alert",children:[i("p",{children:[i("strong",{children:e.status||"No answer"})," ",e.message]}),r&&i("p",{class:"\
advice",children:r}),!!n&&i("p",{class:"muted",children:["What is shown is from ",ze(n),"."]}),i("details",{children:[i("summary",{children:"The request"}),i("p\
re",{children:e.request})]}),t&&i("button",{onClick:t,children:"Try again"})]})}function Xe({of:e,children:t}){let{data:n,error:r,at:s,again:o}=e,[a,c]=C(!1),_=n===
void 0&&!r;return L(()=>{if(!_)return c(!1);let f=setTimeout(()=>c(!0),150);return()=>clearTimeout(f)},[_]),i(S,{children:[r&&i(Te,{error:r,again:o,at:n===void 0?
void 0:s}),_&&a&&i("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[i("i",{}),i("i",{}),i("i",{})]}),n!==void 0&&i("div",{class:r?"stale":
void 0,children:t(n)})]})}function Or({look:e,isNews:t,children:n}){let r=M(null),[s,o]=C(!1);return L(()=>{let a=r.current,c=()=>o(a.scrollHeight>a.clientHeight),
_=new ResizeObserver(c);return _.observe(a),c(),()=>_.disconnect()},[n]),i("pre",{ref:r,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,
children:n})}function Nr({text:e}){let t=e.split("`");return i(S,{children:t.length%2?t.map((n,r)=>r%2?i("code",{children:n}):n):e})}function Ht({children:e}){return i(
"div",{class:"empty",children:e})}function Qe({title:e,close:t,children:n}){let r=M(null);return L(()=>{let s=r.current,o=document.activeElement;return s.showModal(),
()=>{s.close(),o?.focus?.()}},[]),i("dialog",{ref:r,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[i("h2",{children:e}),n]})}function Dr({title:e,
children:t,label:n,act:r,close:s}){let[o,a]=C(),[c,_]=C(!1),f=async()=>{_(!0);try{await r(),s()}catch(l){a(l instanceof N?l:new N(0,String(l),""))}_(!1)};return i(
Qe,{title:e,close:s,children:[t,o&&i(Te,{error:o}),i("div",{class:"buttons",children:[i("button",{class:n.startsWith("Delete")?"primary grave":"primary",disabled:c,
onClick:f,children:n}),i("button",{onClick:s,children:"Leave it"})]})]})}function Mr({text:e,label:t="Copy"}){let[n,r]=C(!1);return i("button",{class:"small",onClick:async()=>{
await navigator.clipboard?.writeText(typeof e=="string"?e:await e()),r(!0),setTimeout(()=>r(!1),1500)},children:n?"Copied":t})}var Ft=E(void 0),Bt=(e,t)=>!e||!e.read_only&&(!e.is_authenticated||e.may.includes(t)),Wr=e=>Bt(Ft.use(),e);function Ye({rule:e,children:t}){let n=Ft.use();return Bt(
n,e)?i(S,{children:t}):n?.read_only?null:i("fieldset",{class:"may",disabled:!0,title:`The rule ${e} of this service's policy does not let you.`,children:t})}var Tn=[["pause","pause"],["resume","resume"],["cancel","cancel"],["rerun_failed","run failed tasks again"],["skip_failed","skip failed tasks"],["delete","delet\
e (ended ones)"]],tt=e=>Tn.find(([t])=>t===e)?.[1]??e,qt=100;function Sn({action:e,filter:t,ids:n,close:r,done:s}){let[o,a]=C(),[c,_]=C(),[f,l]=C(""),[v,g]=C("");
L(()=>{Z("/v2/bulk_operations",{method:"POST",json:n?{action:e,ids:n}:{action:e,filter:t}}).then(a,_)},[]);let u=async()=>{try{let d=await Z("/v2/bulk_operation\
s",{method:"POST",json:{preview:o.preview,reason:f||null}});r(),s(),xe(`/bulk/${J(d.id)}`)}catch(d){_(d)}},p=tt(e).replace(/ \(.*/,""),k=p.charAt(0).toUpperCase()+
p.slice(1),m=o&&(o.count<=qt||v===String(o.count));return i(Qe,{title:`${k}: which executions?`,close:r,children:[c&&i(Te,{error:c}),!o&&!c&&i("p",{class:"muted",
role:"status",children:"Looking which match\u2026"}),o&&i(S,{children:[i("p",{children:[i("strong",{children:j(o.count)})," in a fitting state",o.capped?"; more\
 match than can be taken at once":"",". It is done to exactly these, whatever begins or ends meanwhile."]}),i("p",{children:Object.entries(o.by_state).map(([d,h])=>i(
"span",{class:"fact",children:[i(ue,{state:d})," ",j(h)]}))}),o.sample.length>0&&i("ul",{class:"plain",children:[o.sample.map(d=>i("li",{children:[i(ue,{state:d.
state,short:!0})," ",d.workflow_name," ",i("code",{children:d.id})]})),o.count>o.sample.length&&i("li",{class:"muted",children:["and ",j(o.count-o.sample.length),
" more"]})]}),t&&i("p",{class:"muted",children:["Filter: ",i("code",{children:new URLSearchParams(t).toString()})]}),i("label",{class:"block",children:["Why ",i(
"span",{class:"muted",children:["shown with the operation",e==="cancel"?" and in each execution":""]}),i("input",{value:f,onInput:d=>l(d.currentTarget.value)})]}),
o.count>qt&&i("label",{class:"block",children:["Type the number to go on",i("input",{inputMode:"numeric",value:v,onInput:d=>g(d.currentTarget.value)})]})]}),i("\
div",{class:"buttons",children:[i("button",{class:e==="delete"?"primary grave":"primary",disabled:!o?.count||!m,onClick:u,children:[k,o?` ${j(o.count)}`:""]}),i(
"button",{onClick:r,children:"Leave it"})]})]})}var et=e=>Object.entries(e??{}).map(([t,n])=>`${t}=${typeof n=="string"?n:JSON.stringify(n)}`).join(" ");function Gt({
of:e}){return i("progress",{max:e.total||1,value:e.done,"aria-label":`${e.done} of ${e.total}`})}function Xr(){let e=be("/v2/bulk_operations",3e3);return i(S,{children:[
i("div",{class:"title",children:i("h1",{children:"Bulk operations"})}),i(Xe,{of:e,children:t=>t.bulk_operations.length?i("div",{class:"scroll",children:i("table",
{class:"stack",children:[i("thead",{children:i("tr",{children:[i("th",{children:"State"}),i("th",{children:"What"}),i("th",{children:"Progress"}),i("th",{children:"\
When"}),i("th",{children:"Why"}),i("th",{children:"Filter"})]})}),i("tbody",{children:t.bulk_operations.map(n=>i("tr",{children:[i("td",{children:i(ue,{state:n.
state})}),i("td",{class:"nowrap",children:i("a",{class:"row",href:ie(`/bulk/${J(n.id)}`),children:tt(n.action)})}),i("td",{children:[i(Gt,{of:n})," ",j(n.done),
" of ",j(n.total),n.failed>0&&i("span",{class:"state-error",children:[" \u2716 ",n.failed]})]}),i("td",{class:"nowrap","data-l":"When",children:i(Ze,{time:Ke(n.
created_at)})}),n.reason?i("td",{class:"wide","data-l":"Why",children:n.reason}):i("td",{}),i("td",{class:"wide","data-l":"Filter",children:i("code",{children:et(
n.filter)})})]}))})]})}):i(Ht,{children:[i("p",{children:"Nothing has been done to many executions at once."}),i("p",{children:["Filter the ",i("a",{href:ie("/e\
xecutions"),children:"executions"}),", or choose some, and say what to do."]})]})})]})}function Qr({id:e}){let t=`/v2/bulk_operations/${J(e)}`,n=be(t,1e3),[r,s]=C(
!1);return i(Xe,{of:n,children:o=>i(S,{children:[i("div",{class:"title",children:[i("h1",{children:tt(o.action)})," ",i(ue,{state:o.state})," ",i("code",{children:o.
id})]}),i("p",{class:"facts",children:["begun ",i(Ze,{time:Ke(o.created_at)}),o.user_id&&i(S,{children:[" by ",o.user_id]}),o.reason&&i(S,{children:[" \xB7 ",o.
reason]}),et(o.filter)&&i(S,{children:[" \xB7 ",i("code",{children:et(o.filter)})]})]}),i("p",{children:[i(Gt,{of:o})," ",j(o.done)," of ",j(o.total),", ",j(o.failed),
" of them not done"]}),i("div",{class:"buttons",children:[o.state==="RUNNING"&&i(Ye,{rule:"bulk_operations:update",children:i("button",{onClick:async()=>{await Z(
t,{method:"PUT",json:{state:"CANCELLED"}}),n.again()},children:"Stop"})}),o.failures.length>0&&i(Ye,{rule:"bulk_operations:create",children:i("button",{onClick:()=>s(
!0),children:"Repeat for the failures\u2026"})}),i("a",{class:"button",href:ie("/bulk"),children:"All bulk operations"})]}),o.failures.length>0&&i("div",{class:"\
scroll",children:i("table",{children:[i("thead",{children:i("tr",{children:[i("th",{children:"Execution"}),i("th",{children:"Why not"})]})}),i("tbody",{children:o.
failures.map(a=>i("tr",{children:[i("td",{children:i("a",{href:ie(`/executions/${J(a.id)}`),children:i("code",{children:a.id})})}),i("td",{class:"wide",children:a.
message})]}))})]})}),r&&i(Sn,{action:o.action,ids:o.failures.map(a=>a.id),close:()=>s(!1),done:n.again})]})})}export{S as a,fe as b,Cn as c,C as d,L as e,Tt as f,M as g,St as h,Pt as i,Ie as j,ne as k,E as l,jt as m,ur as n,ke as o,ie as p,xe as q,cr as r,B as s,re as t,
X as u,yn as v,vn as w,dr as x,pr as y,hr as z,mr as A,Mt as B,Xn as C,He as D,oe as E,Un as F,Nt as G,J as H,un as I,Wn as J,se as K,ln as L,Fe as M,Dt as N,fn as O,
N as P,Z as Q,Ke as R,ze as S,It as T,Wt as U,vr as V,br as W,j as X,kr as Y,wr as Z,xr as _,i as $,ue as aa,Ze as ba,Rr as ca,Te as da,Xe as ea,Or as fa,Nr as ga,
Ht as ha,Qe as ia,Dr as ja,Mr as ka,be as la,rr as ma,or as na,Ft as oa,Wr as pa,Ye as qa,Tn as ra,Sn as sa,Xr as ta,Qr as ua};
