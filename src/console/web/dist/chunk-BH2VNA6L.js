var v,Ie,bt,R,pe,ie,Me,ne,He,me,he,xt,J=Symbol.for("pv"),ae={},ue=[],wt=/^m(i|n|o|s|text|space)$/,ge=Array.isArray,Fe=ue.slice,q=Object.assign;function W(e){e&&
e.parentNode&&e.remove()}function oe(e,t,n,o,r){var s={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:J,__v:r||++Ie,__i:-1,__u:0};return!r&&v.vnode&&v.vnode(
s),s}function D(e){return e.children}function re(e,t){this.props=e,this.context=t,this.__g=0}function j(e,t){if(t==null)return e.__&&j(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:j(e)}function St(e){var t,n=e.__v,o=n.__e,r=[],s=[],a=e.__P;a&&
((t=q({constructor:J},n)).__v=n.__v+1,v.vnode&&v.vnode(t),ye(a,t,n,e.__n,a.namespaceURI,32&n.__u?[o]:null,r,o||j(n),32&n.__u,s),t.__v=n.__v,t.__.__k[t.__i]=t,Je(
r,t,s),n.__=n.__e=null,t.__e!=o&&We(t))}function We(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),We(e)}
function De(e){(8&e.__g||(e.__g|=8,R.push(e),ie++))&&pe==v.debounceRendering||((pe=v.debounceRendering)||queueMicrotask)(qe)}function qe(){try{for(var e,t=1;R.length;)
R.length>t&&R.sort(Me),e=R.shift(),t=R.length,8&e.__g&&St(e)}finally{(ie=R.length)&&(pe||queueMicrotask)(qe)}}function Be(e,t,n,o,r,s,a,u,_,p,c){var d,y,i,f,x,h,
g=o.__k||ue,m=t.length;for(_=Tt(n,t,g,_,m),d=0;d<m;d++)(i=n.__k[d])!=null&&(y=~i.__i&&g[i.__i]||ae,i.__i=d,h=ye(e,i,y,r,s,a,u,_,p,c),f=i.__e,(y.ref!=i.ref||8&y.
__u)&&(y.ref&&ve(y.ref,null,i,y),i.ref&&c.push(i.ref,i.__c||f,i)),x=x||f,4&i.__u?(_=ze(i,_,e,!y.__v),y.__e&&(y.__e=null)):typeof i.type=="function"&&h!==void 0?
_=h:f&&(_=f.nextSibling),i.__u&=-21);return n.__e=x,_}function Tt(e,t,n,o,r){var s,a,u,_,p,c,d,y,i,f=n.length,x=f,h=0,g=0,m=e.__k=Array(r);for(s=0;s<r;s++)(a=t[s])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=m[s]=oe(null,a):ge(a)?a=m[s]=oe(D,{children:a}):a.constructor===J&&
a.__b?a=m[s]=oe(a.type,a.props,a.key,a.ref,a.__v):m[s]=a,_=s+h,a.__=e,a.__b=e.__b+1,u=null,~(p=a.__i=Ct(a,n,_,x))&&(x--,(u=n[p])&&(u.__u|=2)),u&&u.__v?(a.__u|=16,
p==_-1?h--:p==_+1?h++:p!=_&&(p>_?h--:h++,g=1)):(~p||(r>f?h--:r<f&&h++),typeof a.type!="function"&&(a.__u|=4))):m[s]=null;if(g){for(c=[],d=[],s=0;s<r;s++)if((a=m[s])&&
16&a.__u){for(h=0,y=c.length;h<y;)c[i=h+y>>1]<a.__i?h=i+1:y=i;c[h]=a.__i,d[s]=h+1}for(h=c.length;s--;)d[s]&&(d[s]==h?h--:m[s].__u|=4)}if(x)for(s=0;s<f;s++)!(u=n[s])||
2&u.__u||(u.__e==o&&(o=j(u)),ke(u,u));return o}function ze(e,t,n,o){var r,s,a,u;if(typeof e.type=="function"){if(e.props.__P)return t;if(r=e.__k)for(s=0;s<r.length;s++)
r[s]&&(r[s].__=e,t=ze(r[s],t,n,!1));return t}for(t&&!t.parentNode&&(t=j(e))&&!t.parentNode&&(t=null),a=e.__e,u=t;u&&u.nodeType==8;)u=u.nextSibling;for(a!=u&&(!o&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function Ct(e,t,n,o){var r,s=e.key,a=e.type,u=t[n],_=u&&!(2&u.__u);if(u===null&&s==null||_&&s==u.key&&a==u.type)return n;if(o>(_?1:0)){for(r=n-1;r>=0;r--)if((u=
t[r])&&!(2&u.__u)&&s==u.key&&a==u.type)return r;for(r=n+1;r<t.length;r++)if((u=t[r])&&!(2&u.__u)&&s==u.key&&a==u.type)return r}return-1}function Ue(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function te(e,t,n,o,r){var s,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.
cssText=o=""),o)for(t in o)n&&t in n||Ue(e.style,t);if(n)for(t in n)o&&n[t]==o[t]||Ue(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof o!="function"&&(o=null),(e.__e||(e.__e={}))[t]=n,n&&o||(a=he[t]||(he[t]=Et(t)),(e.__a||(e.__a={}))[t]=me,s=t!=(t=t.replace(He,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,s):e.removeEventListener(t,a,s));else{if(r=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Et(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[ne]==null)t[ne]=me++;else if(t[ne]<this.__a[e])return;return n(v.event?v.event(t):t)}}}function ye(e,t,n,o,r,s,a,u,_,p){
var c,d,y,i,f,x,h,g,m,b,k,E,M,N,H,je,O,F,$=t.type;if(t.constructor!==J)return null;128&n.__u&&(_=32&n.__u,c=n.__c.__z)&&(t.__u|=_,d=s=[],c.nodeType==8?u=se(c,s):
s.push(c),u=s[0]||u),(c=v.__b)&&c(t);e:if(typeof $=="function"){y=a.length;try{if(g=t.props,m=(c=$.prototype)&&c.render,b=(c=$.contextType)&&o[c.__c],k=c?b?b.props.
value:c.__:o,(i=n.__c)?(t.__c=i,2&i.__g&&(i.__g|=1)):(m?t.__c=i=new $(g,k):(t.__c=i=new re(g,k),i.constructor=$,i.render=Pt),b&&b.sub(i),i.state||(i.state={}),i.
__n=o,i.__g|=8,i.__h=[],i.__k=[]),m&&(i.__s||(i.__s=i.state),$.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=q({},i.__s)),q(i.__s,$.getDerivedStateFromProps(
g,i.__s)))),f=i.props,x=i.state,i.__v=t,n.__c){if(g!==f&&m&&!$.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(g,k),t.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(g,i.__s,k)===!1){t.__v!=n.__v&&(i.props=g,i.state=i.__s,i.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(A){A&&(A.__=t)}),ue.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&a.push(i),u=j(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
g,i.__s,k),m&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(f,x,h)})}else m&&!$.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
m&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=k,i.props=g,i.__P=e,i.__g&=-5,E=v.__r,M=m?25:0;do i.__g&=-9,E&&E(t),c=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++M<25);m&&(ue.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(o=q({},o,i.getChildContext())),m&&n.__c&&i.getSnapshotBeforeUpdate&&
(h=i.getSnapshotBeforeUpdate(f,x)),N=c&&c.type===D&&c.key==null?c.props.children:c,g.__P&&(c=u,r=(e=g.__P).namespaceURI,_=s=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(A){A&&ke(A,A)}),n.__k=null),u=n.__k?j(n,0):null),u=Be(e,ge(N)?N:[N],t,n,o,r,s,a,u,_,p),g.__P&&(t.__e=null,u=c),t.__u&=-161,d&&d.some(W),i.__h.length&&
a.push(i),1&i.__g&&(i.__g&=-4)}catch(A){if(a.length=y,t.__v=null,_||s)if(A&&A.then){if(t.__u|=128|_,s){for(~(O=s.indexOf(u||void 0))||(O=s.length);(F=s[O-1])&&F.
nodeType==8;)O--;for(;O<s.length;O++)if(F=s[O])if(s[O]=null,H){if(F==je)break}else{if(F.nodeType!=8)break;F.data.startsWith("$s")&&(je=se(H=F))}}if(!H){for(;u&&
u.nodeType==8&&u.nextSibling;)u=u.nextSibling;H=u}(c=se(H=t.__c.__z||(t.__c.__z=H)))?(t.__e=H,u=c):t.__e=u,u=u&&u.nextSibling}else s&&s.some(W);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),A&&A.then||Ge(t),v.__e(A,t,n)}}else u=t.__e=At(n.__e,t,n,o,r,s,a,_,p,e);return(c=v.diffed)&&c(t),u}function se(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function Ge(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(Ge))}function Je(e,t,n){for(var o=0;o<n.length;)ve(n[o++],n[o++],n[o++]);v.__c&&v.__c(t,e),e.some(
function(r){try{e=r.__h,r.__h=[],e.some(function(s){s.call(r)})}catch(s){v.__e(s,r.__v)}})}function At(e,t,n,o,r,s,a,u,_,p){var c,d,y,i,f,x,h,g,m=n.props||ae,b=t.
props,k=t.type;if(k=="svg"?r="http://www.w3.org/2000/svg":k=="math"?r="http://www.w3.org/1998/Math/MathML":r||(r="http://www.w3.org/1999/xhtml"),s){for(c=0;c<s.
length;c++)if((f=s[c])&&(k?f.localName==k:f.nodeType==3)){e=f,s[c]=null;break}}if(!e){if(g=p.ownerDocument||document,!k)return g.createTextNode(b);e=g.createElementNS(
r,k,b.is?b:p),u&&(v.__m&&v.__m(t,s),u=!1),s=null}if(k){if(p=k=="template"&&e.content||e,s=k=="textarea"&&b.defaultValue!=null?null:s&&Fe.call(p.childNodes),!u&&
s)for(m={},c=0;c<e.attributes.length;c++)m[(f=e.attributes[c]).name]=f.value;for(c in m)f=m[c],c=="dangerouslySetInnerHTML"?y=f:c=="children"||c in b||c=="value"&&
"defaultValue"in b||c=="checked"&&"defaultChecked"in b||te(e,c,null,f,r);for(c in b)f=b[c],c=="children"?i=f:c=="dangerouslySetInnerHTML"?d=f:c=="value"?x=f:c==
"checked"?h=f:u&&typeof f!="function"||m[c]===f||te(e,c,f,m[c],r);d?(u||y&&(d.__html==y.__html||d.__html==e.innerHTML)||(e.innerHTML=d.__html),t.__k=[]):(y&&(e.
textContent=""),(k=="foreignObject"||r=="http://www.w3.org/1998/Math/MathML"&&wt.test(k))&&(r="http://www.w3.org/1999/xhtml"),Be(p,ge(i)?i:[i],t,n,o,r,s,a,s?s[0]:
n.__k&&j(n,0),u,_),s&&s.some(W)),u&&k!="textarea"||(c="value",k=="progress"&&x==null?e.removeAttribute(c):x==null||x===e[c]&&(k!="progress"||x)||te(e,c,x,m[c],r),
c="checked",h!=null&&h!=e[c]&&te(e,c,h,m[c],r))}else m===b||u&&e.data==b||(e.data=b);return e}function ve(e,t,n,o){try{typeof e=="function"?t?t.__x=e(t)||1:o&&(o=
o.__c||o.__e)&&(t=o.__x)&&(o.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(r){v.__e(r,n)}}function ke(e,t,n){var o,r,s,a;if(v.unmount&&v.unmount(
e),!(o=e.ref)||o.current&&o.current!=e.__e||ve(o,null,t,e),o=e.__c){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(u){v.__e(u,t)}o.__P=o.__n=null}
if(o=e.__k)for(a=0;a<o.length;a++)o[a]&&ke(o[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(o=e.__c)&&(o=o.__z)&&(r=se(o,s=[]))&&(o==e.__e&&s.some(W),W(r),
W(o)),n||W(e.__e),e.__e=e.__c=e.__=null}function Pt(e,t,n){return this.constructor(e,n)}function nn(e,t){var n,o,r,s;v.__&&v.__(e,t),t.nodeType==9&&(t=t.documentElement),
o=(n=e&&32&e.__u)?null:t.__k,t.__k=oe(D,{children:[e]}),r=[],s=[],ye(t,t.__k,o||ae,ae,t.namespaceURI,o?null:t.firstChild?Fe.call(t.childNodes):null,r,o?o.__e:t.
firstChild,n,s),Je(r,t.__k,s),t.__k.props.children=null}v={__e:function(e,t,n,o){for(var r,s,a;t=t.__;)if((r=t.__c)&&!(1&r.__g)){r.__g|=4;try{if((a=(s=r.constructor)&&s.getDerivedStateFromError)&&r.setState(s.getDerivedStateFromError(
e)),r.componentDidCatch&&(r.componentDidCatch(e,o||{}),a=1),a&&8&r.__g)return void(r.__g|=2)}catch(u){e=u}}throw ie=0,e}},Ie=0,bt=function(e){return e!=null&&e.
constructor===J},re.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=q({},this.state)),typeof e=="function"&&(e=e(q({},n),this.props)),
e&&(q(n,e),this.__v&&(t&&this.__k.push(t),De(this)))},re.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),De(this))},re.prototype.render=
D,R=[],ie=0,Me=function(e,t){return e.__v.__b-t.__v.__b},ne=Symbol(),He=/(PointerCapture)$|Capture$/i,me=0,he={},xt=0;var z,S,be,Ve,xe=Object.is,K=0,ot=[],we=[],w=v,Ke=w.__b,Ze=w.__r,Xe=w.diffed,Ye=w.__c,Qe=w.unmount,et=w.__;function ce(e,t){w.__h&&w.__h(S,e,K||t),K=0;var n=S.__H||
(S.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function T(e){return K=1,$t(it,e)}function $t(e,t,n){var o=ce(z++,2);if(o.t=e,!o.__c&&(o.__=
[n?n(t):it(void 0,t),function(s){var a=(o.__N||o.__)[0],u=o.t(a,s);xe(a,u)||(o.__N=[u,o.__[1]],o.__c.setState({}))}],o.__c=S,!S.__f)){S.__f=!0;var r=S.shouldComponentUpdate;
S.shouldComponentUpdate=function(s,a,u){var _=this.__H;if(!_)return!0;var p=!1,c=this.props!=s;if(_.__.some(function(y){y.__N&&(p=!0,xe(y.__[0],y.__N[0])||(c=!0))}),
r){var d=r.call(this,s,a,u);return p?d||c:d}return!p||c}}return o.__}function L(e,t){var n=ce(z++,3);!w.__s&&Ce(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,S.__H.__h.push(
n))}function rt(e,t){var n=ce(z++,4);!w.__s&&Ce(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,S.__h.push(n))}function B(e){return K=5,st(function(){return{current:e}},[])}function st(e,t){var n=ce(z++,7);return Ce(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Te(e,t){return K=8,st(function(){return e},t)}function Lt(){var e;do{for(;e=we.shift();)try{V(e)}catch(n){w.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=ot.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(V),t.__h.some(
Se),t.__h=[]}catch(n){t.__h=[],w.__e(n,e.__v)}}}while(we.length)}w.__b=function(e){S=null,Ke&&Ke(e)},w.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),et&&
et(e,t)},w.__r=function(e){Ze&&Ze(e),z=0;var t=(S=e.__c).__H;t&&(be==S?S.__h=[]:(t.__h.some(V),t.__h.some(Se),z=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),be=S},w.diffed=function(e){Xe&&Xe(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&nt(ot.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
be=S=null},w.__c=function(e,t){t.some(function(n){try{n.__h.some(V),n.__h=n.__h.filter(function(o){return!o.__||Se(o)})}catch(o){n.__h=[function(){throw o}]}}),
Ye&&Ye(e,t)},w.unmount=function(e){Qe&&Qe(e);var t,n,o=e.__c;o&&o.__H&&(o.__H.__.some(function(r){try{if(r.__P&&r.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}r.__P=n,nt(we.push(r))}else V(r)}catch(s){t=s}}),o.__H=void 0,t&&w.__e(t,o.__v))};var tt=typeof requestAnimationFrame=="function";function Nt(e){
var t,n=function(){clearTimeout(o),tt&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);tt&&(t=requestAnimationFrame(n))}function nt(e){e!=1&&Ve==w.requestAnimationFrame||
((Ve=w.requestAnimationFrame)||Nt)(Lt)}function V(e){var t=S,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),S=t}function Se(e){var t=S;e.__c=e.__(),S=t}function Ce(e,t){
return!e||e.length!=t.length||t.some(function(n,o){return!xe(n,e[o])})}function it(e,t){return typeof t=="function"?t(e):t}var Ee=document.querySelector('script[type="module"]').src,an=e=>Ee.replace("app.js",e),Ae=Ee.slice(0,Ee.lastIndexOf("/console/a/")),Z=Ae.slice(location.origin.
length);function C(e){let t=e,n=new Set;return{get:()=>t,set:o=>{if(!Object.is(t,o)){t=o;for(let r of n)r()}},listen:o=>{n.add(o)},use:()=>{let[,o]=T(0);return L(()=>{let r=()=>o(
s=>s+1);return n.add(r),()=>{n.delete(r)}},[]),t}}}var U=`${Z}/console`;function at(){return(location.pathname.startsWith(`${U}/`)?location.pathname.slice(U.length):location.pathname.slice(8))+location.search}function _e(){
return{path:at().split("?")[0].split("/").filter(Boolean).map(Ot),query:new URLSearchParams(location.search)}}function Ot(e){try{return decodeURIComponent(e)}catch{
return e}}var Pe=C(_e()),dn=Pe.use;addEventListener("popstate",()=>Pe.set(_e()));var pn=e=>U+e;function ut(e,t=!1){U+e!==location.pathname+location.search&&(history[t?
"replaceState":"pushState"](null,"",U+e),Pe.set(_e()))}function hn(e,t=!1){let{query:n}=_e();for(let[r,s]of Object.entries(e))s?n.set(r,s):n.delete(r);let o=n.toString();
ut(at().split("?")[0]+(o?`?${o}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.
target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${U}/`)||t.pathname.startsWith(`${U}/a/`)||(e.preventDefault(),ut(t.pathname.
slice(U.length)+t.search),scrollTo(0,0))});function ct(e){let t=new Map,n=(o,r)=>{try{return o(e())}catch{return r()}};return{get:o=>n(r=>r.getItem(`mistral.${o}`),()=>t.get(o)??null),set:(o,r)=>n(s=>s.setItem(
`mistral.${o}`,r),()=>{t.set(o,r)}),drop:o=>n(r=>r.removeItem(`mistral.${o}`),()=>{t.delete(o)})}}var I=ct(()=>sessionStorage),X=ct(()=>localStorage);var $e=(e,t)=>X.get(e)??t,G=C($e("zone","local")),Rt=C($e("theme","system")),jt=C($e("keys","on")==="on"),kn=()=>Intl.supportedValuesOf?.("timeZone").filter(e=>e!==
"UTC")??[];function bn(e){X.set("keys",e?"on":"off"),jt.set(e)}function xn(e){X.set("zone",e),G.set(e)}function wn(e){X.set("theme",e),e==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=e,Rt.set(e)}var le=C(void 0),fe={reached:()=>le.set(void 0),lost:()=>{le.get()===void 0&&le.set(Date.now())}},Cn=le.use;var Y=C(void 0);function Pn(e,t){let n=new Map,o={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let r of t.split(`
`)){if(!r)continue;let{path:s,body:a}=JSON.parse(r);s?n.set(s,a):a.kind==="mistral-execution"?(o.execution=String(a.execution),o.taken=Number(a.taken_us)/1e3):a.
truncated&&(o.truncated=!0)}if(!o.execution)throw new Error("This is no file of an execution.");return o}function _t(e){return Y.get()?.answers.get(e.split("?")[0])}function lt(e){let t=new URLSearchParams;for(let[o,r]of Object.entries(e))r!==void 0&&r!==""&&t.set(o,String(r));let n=t.toString();return n?`?${n}`:""}var Dt=encodeURIComponent,
Ut="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",It=50,Mt=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],Ht=["state_info","input","output","params","updated_at"],Ft=2e4;function Ln(e){let t={};for(let[s,a]of e)Mt.includes(s)||(t[s]=a);let n=e.get("marker")??
void 0,o=Ht.some(s=>s in t);return{path:`/v2/executions${lt({...t,fields:Ut,limit:It,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:o?Ft:void 0})}`,
filters:t,marker:n,isSlow:o}}var ft="mistralEarly";function dt(e,t){let n=globalThis,o=n[ft];if(!(!o||o.path!==e||o.token!==t))return delete n[ft],o.answer}var Q=C(I.get("token")??void 0),Wt=C(JSON.parse(I.get("projects")??"[]")),Le=C("");function pt(e,t=[]){e?I.set("token",e):I.drop("token"),I.set("projects",JSON.
stringify(t)),Wt.set(t),Le.set(""),Q.set(e)}function qt(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${Z}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let o=await n.
json();n.ok&&o.token?pt(o.token):Le.set(o.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let t=I.get("mark");I.drop("mark"),!(!t||e.has("token")&&e.get("mark")!==
t)&&(e.has("token")?pt(e.get("token")):Le.set(e.get("sign-in-failed")||"The provider has not signed you in."))}qt();var Bt=C(!1),P=class extends Error{constructor(n,o,r){
super(o);this.status=n;this.request=r}status;request};function zt(e,t){let n=r=>`'${r.replaceAll("'","'\\''")}'`,o=["curl"];return t.method&&t.method!=="GET"&&o.
push("-X",t.method),Q.get()&&o.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&o.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.text!==
void 0&&o.push("-H 'Content-Type: text/plain' --data-binary @-"),o.push(n(Ae+e)),o.join(" ")}async function ht(e,t={}){let n=zt(e,t);if(Y.get()){let _=_t(e);if(_===
void 0||(t.method??"GET")!=="GET")throw new P(404,"The file does not hold this.",n);return _}let o={Accept:"application/json",...t.headers},r;t.json!==void 0?(o["\
Content-Type"]="application/json",r=JSON.stringify(t.json)):t.text!==void 0&&(o["Content-Type"]="text/plain",r=t.text),(t.method??"GET")!=="GET"&&(o["X-Mistral-\
Console"]="1");let s=o["X-Auth-Token"]||e==="/console/session"?void 0:Q.get();s?o["X-Auth-Token"]=s:t.asAdmin&&(o["X-Roles"]="admin");let a,u;try{a=await(r===void 0&&
dt(e,s)||fetch(Z+e,{method:t.method??"GET",headers:o,body:r,signal:t.signal})),u=await a.text()}catch(_){throw _.name==="AbortError"?_:new P(0,"The server canno\
t be reached.",n)}if(a.status===401&&e!=="/console/session"&&Bt.set(!0),!a.ok)throw new P(a.status,Gt(u,a),n);return u?JSON.parse(u):void 0}function Gt(e,t){try{
let n=JSON.parse(e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}function Wn(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var mt=new Map;function ee(e,t){if(t==="\
UTC"||t===void 0){let o=t===void 0?e-new Date(e).getTimezoneOffset()*6e4:e;return new Date(o).toISOString().slice(0,19).replace("T"," ")}let n=mt.get(t);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),mt.set(t,n)),n.format(e)}function Ne(e){if(e===void 0)return"\u2013";let t=G.
get();return t==="UTC"?`${ee(e,"UTC")}Z`:ee(e,t==="local"?void 0:t)}function Oe(e){if(e===void 0)return"";let t=G.get(),n=t==="UTC"||t==="local"?"":`
${ee(e,t)} ${t}`;return`${ee(e,"UTC")} UTC
${ee(e,void 0)} local${n}`}function gt(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,o=r=>String(Math.floor(r)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${o(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${o(n%3600/60)} m`:`${Math.floor(n/86400)} d ${o(n%86400/3600)} h`}var Jt={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function yt(e){let[t,n]=Jt[e]??["\xB7","idle"];return{sign:t,colour:n}}var qn=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],Bn=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),zn=e=>e.toLocaleString("en");function Gn(e){let t=["B","KB","MB","GB","TB"],n=0,
o=e;for(;o>=1024&&n<t.length-1;)o/=1024,n+=1;return`${o<10&&n?o.toFixed(1):Math.round(o)} ${t[n]}`}function Jn(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.
exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let o=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${o?o[1]:n[2]||t.split(`
`).find(r=>r.includes("[action_ex_id="))||"failed"}`}var Vt=Symbol.for("pv"),Kt=0;function l(e,t,n,o,r,s){t||(t={});var a,u,_=t;if("ref"in _&&typeof e!="function")for(u in _={},t)u=="ref"?a=t[u]:_[u]=t[u];var p={type:e,props:_,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:Vt,__v:--Kt,__i:-1,__u:0};return(r||s)&&(p.__source=r,p.__self=s),v.vnode&&v.vnode(p),p}function no({state:e,short:t}){let{sign:n,colour:o}=yt(e);return l("span",{class:`state state-${o}`,children:[l("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function oo({time:e}){return G.use(),l("time",{title:Oe(e),children:Ne(e)})}function ro({time:e}){let[,t]=T(0);if(L(()=>{let o=setInterval(()=>t(r=>r+
1),1e3);return()=>clearInterval(o)},[]),e===void 0)return null;let n=e-Date.now();return l("time",{title:Oe(e),children:n>0?`in ${gt(n*1e3)}`:"now"})}function vt({
error:e,again:t,at:n}){let o=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return l("div",{class:"failure",role:"\
alert",children:[l("p",{children:[l("strong",{children:e.status||"No answer"})," ",e.message]}),o&&l("p",{children:o}),!!n&&l("p",{class:"muted",children:["What\
 is shown is from ",Ne(n),"."]}),l("details",{children:[l("summary",{children:"The request"}),l("pre",{children:e.request})]}),t&&l("button",{onClick:t,children:"\
Try again"})]})}function so({of:e,children:t}){let{data:n,error:o,at:r,again:s}=e,[a,u]=T(!1),_=n===void 0&&!o;return L(()=>{if(!_)return u(!1);let p=setTimeout(
()=>u(!0),150);return()=>clearTimeout(p)},[_]),l(D,{children:[o&&l(vt,{error:o,again:s,at:n===void 0?void 0:r}),_&&a&&l("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[l("i",{}),l("i",{}),l("i",{})]}),n!==void 0&&l("div",{class:o?"stale":void 0,children:t(n)})]})}function io({look:e,isNews:t,children:n}){
let o=B(null),[r,s]=T(!1);return L(()=>{let a=o.current,u=()=>s(a.scrollHeight>a.clientHeight),_=new ResizeObserver(u);return _.observe(a),u(),()=>_.disconnect()},
[n]),l("pre",{ref:o,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:r?0:void 0,children:n})}function ao({children:e}){return l("div",{class:"e\
mpty",children:e})}function Zt({title:e,close:t,children:n}){let o=B(null);return L(()=>{let r=o.current,s=document.activeElement;return r.showModal(),()=>{r.close(),
s?.focus?.()}},[]),l("dialog",{ref:o,"aria-label":e,onCancel:r=>{r.preventDefault(),t()},children:[l("h2",{children:e}),n]})}function uo({title:e,children:t,label:n,
act:o,close:r}){let[s,a]=T(),[u,_]=T(!1);return l(Zt,{title:e,close:r,children:[t,s&&l(vt,{error:s}),l("div",{class:"buttons",children:[l("button",{class:"prima\
ry",disabled:u,onClick:async()=>{_(!0);try{await o(),r()}catch(c){a(c instanceof P?c:new P(0,String(c),""))}_(!1)},children:n}),l("button",{onClick:r,children:"\
Leave it"})]})]})}function Xt({text:e,label:t="Copy"}){let[n,o]=T(!1);return l("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(e),
o(!0),setTimeout(()=>o(!1),1500)},children:n?"Copied":t})}var Yt=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,Re=100,de=2e3;function kt({
value:e,name:t,depth:n=0}){let[o,r]=T(n<2),[s,a]=T(Re),[u,_]=T(!(t&&Yt.test(t))),p=t!==void 0&&l("span",{class:"json-key",children:[t,": "]});if(!u)return l("di\
v",{children:[p,l("button",{class:"small",onClick:()=>_(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(e===null||typeof e!="object"){let i=typeof e=="stri\
ng"?e:JSON.stringify(e),f=i.length>de&&!o;return l("div",{children:[p,l("span",{class:`json-${e===null?"null":typeof e}`,children:i.length>de&&(f||n<2)&&s===Re?
`${i.slice(0,de)}\u2026`:i}),i.length>de&&s===Re&&l("button",{class:"small",onClick:()=>{a(1/0),r(!0)},children:["all ",i.length.toLocaleString("en")," characte\
rs"]})]})}let c=Array.isArray(e),d=c?e.map((i,f)=>[String(f),i]):Object.entries(e),y=c?`[${d.length}]`:`{${d.length}}`;return d.length?l("div",{children:[l("but\
ton",{class:"json-fold","aria-expanded":o,onClick:()=>r(!o),children:[o?"\u25BE":"\u25B8"," ",p,l("span",{class:"muted",children:y})]}),o&&l("div",{class:"json-\
members",children:[d.slice(0,s).map(([i,f])=>l(kt,{name:i,value:f,depth:n+1},i)),d.length>s&&l("button",{class:"small",onClick:()=>a(s+1e3),children:[d.length-s,
" more"]})]})]}):l("div",{children:[p,l("span",{class:"muted",children:c?"[]":"{}"})]})}function Qt(e){if(typeof e!="string")return e??null;try{return JSON.parse(
e)}catch{return e}}function co({title:e,value:t}){let n=Qt(t);return l("section",{class:"data",children:[l("h3",{children:[e," ",l(Xt,{text:typeof n=="string"?n:
JSON.stringify(n,null,2)})]}),l(kt,{value:n})]})}var en=3e4,tn=50;function go(e,t=0,n=!1,o){let[r,s]=T({at:0}),[a,u]=T(0),_=B(0),p=Q.use(),c=o===void 0?void 0:JSON.stringify(o),d=B({isAsking:!1,isAskedAgain:!1}),
y=Te(()=>{d.current.isAsking?d.current.isAskedAgain=!0:u(h=>h+1)},[]),i=Te(h=>s(g=>g.data===void 0?g:{...g,data:h(g.data)}),[]),f=B(t);L(()=>{f.current=t,!d.current.
isAsking&&_.current===0&&d.current.schedule?.(t)},[t]),rt(()=>{if(e===void 0)return;let h=new AbortController,g=0,m=!0,b=E=>{clearTimeout(g),E>0&&!h.signal.aborted&&
!Y.get()&&(g=window.setTimeout(k,E))};d.current={isAsking:!1,isAskedAgain:!1,schedule:b};let k=async()=>{if(document.hidden&&!m)return b(f.current||2e3);m=!1,d.
current.isAsking=!0,d.current.isAskedAgain=!1;try{let E=await ht(e,{signal:h.signal,asAdmin:n,...c===void 0?{}:{method:"POST",json:JSON.parse(c)}});d.current.isAsking=
!1,_.current=0,fe.reached(),s({path:e,data:E,at:Date.now()}),b(d.current.isAskedAgain?tn:f.current)}catch(E){if(E.name==="AbortError")return;d.current.isAsking=
!1;let M=E instanceof P?E:new P(0,`The answer cannot be read: ${E}`,e);_.current+=1,M.status===0?fe.lost():fe.reached(),s(N=>({path:e,data:N.path===e?N.data:void 0,
error:M,at:N.at})),(M.status===0||M.status>=500)&&b(Math.min(en,1e3*2**_.current))}};return k(),()=>{h.abort(),clearTimeout(g),d.current={isAsking:!1,isAskedAgain:!1}}},
[e,a,p,n,c]);let x=r.path===e;return{data:x?r.data:void 0,error:x?r.error:void 0,at:r.at,again:y,patch:i}}export{D as a,re as b,nn as c,T as d,L as e,rt as f,B as g,st as h,Te as i,an as j,Ae as k,Z as l,C as m,at as n,dn as o,pn as p,ut as q,hn as r,I as s,X as t,G as u,
Rt as v,jt as w,kn as x,bn as y,xn as z,wn as A,Cn as B,Y as C,Pn as D,lt as E,Dt as F,Ht as G,Ln as H,Q as I,Wt as J,Le as K,pt as L,Bt as M,P as N,ht as O,Wn as P,
Ne as Q,gt as R,yt as S,qn as T,Bn as U,zn as V,Gn as W,Jn as X,l as Y,no as Z,oo as _,ro as $,vt as aa,so as ba,io as ca,ao as da,Zt as ea,uo as fa,Xt as ga,kt as ha,
Qt as ia,co as ja,go as ka};
