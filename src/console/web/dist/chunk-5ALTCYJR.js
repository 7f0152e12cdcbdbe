var v,je,Tt,j,pe,ae,Ie,re,He,me,he,St,V=Symbol.for("pv"),ue={},ce=[],Ct=/^m(i|n|o|s|text|space)$/,ge=Array.isArray,We=ce.slice,q=Object.assign;function B(t){t&&
t.parentNode&&t.remove()}function oe(t,e,n,r,o){var s={type:t,props:e,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:V,__v:o||++je,__i:-1,__u:0};return!o&&v.vnode&&v.vnode(
s),s}function H(t){return t.children}function se(t,e){this.props=t,this.context=e,this.__g=0}function I(t,e){if(e==null)return t.__&&I(t.__,t.__i+1);for(var n;e<t.__k.
length;e++)if((n=t.__k[e])&&n.__e)return n.__e;return typeof t.type!="function"||t.props.__P?null:I(t)}function Et(t){var e,n=t.__v,r=n.__e,o=[],s=[],a=t.__P;a&&
((e=q({constructor:V},n)).__v=n.__v+1,v.vnode&&v.vnode(e),ye(a,e,n,t.__n,a.namespaceURI,32&n.__u?[r]:null,o,r||I(n),32&n.__u,s),e.__v=n.__v,e.__.__k[e.__i]=e,ze(
o,e,s),n.__=n.__e=null,e.__e!=r&&Fe(e))}function Fe(t){if((t=t.__)&&t.__c&&!t.props.__P)return t.__e=null,t.__k.some(function(e){return e&&(t.__e=e.__e)}),Fe(t)}
function Me(t){(8&t.__g||(t.__g|=8,j.push(t),ae++))&&pe==v.debounceRendering||((pe=v.debounceRendering)||queueMicrotask)(Be)}function Be(){try{for(var t,e=1;j.length;)
j.length>e&&j.sort(Ie),t=j.shift(),e=j.length,8&t.__g&&Et(t)}finally{(ae=j.length)&&(pe||queueMicrotask)(Be)}}function qe(t,e,n,r,o,s,a,u,_,l,c){var y,g,i,f,x,h,
k=r.__k||ce,d=e.length;for(_=At(n,e,k,_,d),y=0;y<d;y++)(i=n.__k[y])!=null&&(g=~i.__i&&k[i.__i]||ue,i.__i=y,h=ye(t,i,g,o,s,a,u,_,l,c),f=i.__e,(g.ref!=i.ref||8&g.
__u)&&(g.ref&&ve(g.ref,null,i,g),i.ref&&c.push(i.ref,i.__c||f,i)),x=x||f,4&i.__u?(_=Ge(i,_,t,!g.__v),g.__e&&(g.__e=null)):typeof i.type=="function"&&h!==void 0?
_=h:f&&(_=f.nextSibling),i.__u&=-21);return n.__e=x,_}function At(t,e,n,r,o){var s,a,u,_,l,c,y,g,i,f=n.length,x=f,h=0,k=0,d=t.__k=Array(o);for(s=0;s<o;s++)(a=e[s])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=d[s]=oe(null,a):ge(a)?a=d[s]=oe(H,{children:a}):a.constructor===V&&
a.__b?a=d[s]=oe(a.type,a.props,a.key,a.ref,a.__v):d[s]=a,_=s+h,a.__=t,a.__b=t.__b+1,u=null,~(l=a.__i=Pt(a,n,_,x))&&(x--,(u=n[l])&&(u.__u|=2)),u&&u.__v?(a.__u|=16,
l==_-1?h--:l==_+1?h++:l!=_&&(l>_?h--:h++,k=1)):(~l||(o>f?h--:o<f&&h++),typeof a.type!="function"&&(a.__u|=4))):d[s]=null;if(k){for(c=[],y=[],s=0;s<o;s++)if((a=d[s])&&
16&a.__u){for(h=0,g=c.length;h<g;)c[i=h+g>>1]<a.__i?h=i+1:g=i;c[h]=a.__i,y[s]=h+1}for(h=c.length;s--;)y[s]&&(y[s]==h?h--:d[s].__u|=4)}if(x)for(s=0;s<f;s++)!(u=n[s])||
2&u.__u||(u.__e==r&&(r=I(u)),ke(u,u));return r}function Ge(t,e,n,r){var o,s,a,u;if(typeof t.type=="function"){if(t.props.__P)return e;if(o=t.__k)for(s=0;s<o.length;s++)
o[s]&&(o[s].__=t,e=Ge(o[s],e,n,!1));return e}for(e&&!e.parentNode&&(e=I(t))&&!e.parentNode&&(e=null),a=t.__e,u=e;u&&u.nodeType==8;)u=u.nextSibling;for(a!=u&&(!r&&
n.moveBefore&&a.parentNode?n.moveBefore(a,e):n.insertBefore(a,e||null)),e=a;(e=e&&e.nextSibling)&&e.nodeType==8&&!e.data.startsWith("$s"););return e}function Pt(t,e,n,r){var o,s=t.key,a=t.type,u=e[n],_=u&&!(2&u.__u);if(u===null&&s==null||_&&s==u.key&&a==u.type)return n;if(r>(_?1:0)){for(o=n-1;o>=0;o--)if((u=
e[o])&&!(2&u.__u)&&s==u.key&&a==u.type)return o;for(o=n+1;o<e.length;o++)if((u=e[o])&&!(2&u.__u)&&s==u.key&&a==u.type)return o}return-1}function Ue(t,e,n){n==null&&
(n=""),e[0]=="-"?t.setProperty(e,n):t[e]=n}function ne(t,e,n,r,o){var s,a;if(e=="style")if(typeof n=="string")t.style.cssText=n;else{if(typeof r=="string"&&(t.style.
cssText=r=""),r)for(e in r)n&&e in n||Ue(t.style,e);if(n)for(e in n)r&&n[e]==r[e]||Ue(t.style,e,n[e])}else if(e[0]=="o"&&e[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(t.__e||(t.__e={}))[e]=n,n&&r||(a=he[e]||(he[e]=Lt(e)),(t.__a||(t.__a={}))[e]=me,s=e!=(e=e.replace(He,"$1")),(e=e.slice(2))[0]<"a"&&
(e=e.toLowerCase()),n?t.addEventListener(e,a,s):t.removeEventListener(e,a,s));else{if(o=="http://www.w3.org/2000/svg")e=e.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(e!="width"&&e!="height"&&e!="href"&&e!="list"&&e!="form"&&e!="tabIndex"&&e!="download"&&e!="rowSpan"&&e!="colSpan"&&e!="role"&&e!="popover"&&e in t)
try{return void(t[e]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&e[4]!="-"?t.removeAttribute(e):t.setAttribute(e,e=="popover"&&n==1?"":n)}}function Lt(t){
return function(e){var n=this.__e;if(n){if(n=n[t],e[re]==null)e[re]=me++;else if(e[re]<this.__a[t])return;return n(v.event?v.event(e):e)}}}function ye(t,e,n,r,o,s,a,u,_,l){
var c,y,g,i,f,x,h,k,d,b,p,P,z,D,N,M,C,E,A=e.type;if(e.constructor!==V)return null;128&n.__u&&(_=32&n.__u,c=n.__c.__z)&&(e.__u|=_,y=s=[],c.nodeType==8?u=ie(c,s):
s.push(c),u=s[0]||u),(c=v.__b)&&c(e);e:if(typeof A=="function"){g=a.length;try{if(k=e.props,d=(c=A.prototype)&&c.render,b=(c=A.contextType)&&r[c.__c],p=c?b?b.props.
value:c.__:r,(i=n.__c)?(e.__c=i,2&i.__g&&(i.__g|=1)):(d?e.__c=i=new A(k,p):(e.__c=i=new se(k,p),i.constructor=A,i.render=$t),b&&b.sub(i),i.state||(i.state={}),i.
__n=r,i.__g|=8,i.__h=[],i.__k=[]),d&&(i.__s||(i.__s=i.state),A.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=q({},i.__s)),q(i.__s,A.getDerivedStateFromProps(
k,i.__s)))),f=i.props,x=i.state,i.__v=e,n.__c){if(k!==f&&d&&!A.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(k,p),e.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(k,i.__s,p)===!1){e.__v!=n.__v&&(i.props=k,i.state=i.__s,i.__g&=-9),e.__e=n.__e,e.__k=
n.__k,e.__k.some(function(L){L&&(L.__=e)}),ce.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&a.push(i),u=I(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
k,i.__s,p),d&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(f,x,h)})}else d&&!A.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
d&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=p,i.props=k,i.__P=t,i.__g&=-5,P=v.__r,z=d?25:0;do i.__g&=-9,P&&P(e),c=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++z<25);d&&(ce.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(r=q({},r,i.getChildContext())),d&&n.__c&&i.getSnapshotBeforeUpdate&&
(h=i.getSnapshotBeforeUpdate(f,x)),D=c&&c.type===H&&c.key==null?c.props.children:c,k.__P&&(c=u,o=(t=k.__P).namespaceURI,_=s=null,n.props&&n.props.__P!=t&&(n.__k.
some(function(L){L&&ke(L,L)}),n.__k=null),u=n.__k?I(n,0):null),u=qe(t,ge(D)?D:[D],e,n,r,o,s,a,u,_,l),k.__P&&(e.__e=null,u=c),e.__u&=-161,y&&y.some(B),i.__h.length&&
a.push(i),1&i.__g&&(i.__g&=-4)}catch(L){if(a.length=g,e.__v=null,_||s)if(L&&L.then){if(e.__u|=128|_,s){for(~(C=s.indexOf(u||void 0))||(C=s.length);(E=s[C-1])&&E.
nodeType==8;)C--;for(;C<s.length;C++)if(E=s[C])if(s[C]=null,N){if(E==M)break}else{if(E.nodeType!=8)break;E.data.startsWith("$s")&&(M=ie(N=E))}}if(!N){for(;u&&u.
nodeType==8&&u.nextSibling;)u=u.nextSibling;N=u}(c=ie(N=e.__c.__z||(e.__c.__z=N)))?(e.__e=N,u=c):e.__e=u,u=u&&u.nextSibling}else s&&s.some(B);else e.__e=n.__e;e.
__k||(e.__k=n.__k||[]),L&&L.then||Ke(e),v.__e(L,e,n)}}else u=e.__e=Rt(n.__e,e,n,r,o,s,a,_,l,t);return(c=v.diffed)&&c(e),u}function ie(t,e){if(t&&t.nodeType==8&&
t.data.startsWith("$s"))for(var n=1;t=t.nextSibling;){if(t.nodeType==8){if(t.data.startsWith("$s"))n++;else if(t.data.startsWith("/$s")&&!--n)return t}e&&e.push(
t)}}function Ke(t){t&&(t.__c&&(t.__c.__g|=4),t.__k&&t.__k.some(Ke))}function ze(t,e,n){for(var r=0;r<n.length;)ve(n[r++],n[r++],n[r++]);v.__c&&v.__c(e,t),t.some(
function(o){try{t=o.__h,o.__h=[],t.some(function(s){s.call(o)})}catch(s){v.__e(s,o.__v)}})}function Rt(t,e,n,r,o,s,a,u,_,l){var c,y,g,i,f,x,h,k,d=n.props||ue,b=e.
props,p=e.type;if(p=="svg"?o="http://www.w3.org/2000/svg":p=="math"?o="http://www.w3.org/1998/Math/MathML":o||(o="http://www.w3.org/1999/xhtml"),s){for(c=0;c<s.
length;c++)if((f=s[c])&&(p?f.localName==p:f.nodeType==3)){t=f,s[c]=null;break}}if(!t){if(k=l.ownerDocument||document,!p)return k.createTextNode(b);t=k.createElementNS(
o,p,b.is?b:l),u&&(v.__m&&v.__m(e,s),u=!1),s=null}if(p){if(l=p=="template"&&t.content||t,s=p=="textarea"&&b.defaultValue!=null?null:s&&We.call(l.childNodes),!u&&
s)for(d={},c=0;c<t.attributes.length;c++)d[(f=t.attributes[c]).name]=f.value;for(c in d)f=d[c],c=="dangerouslySetInnerHTML"?g=f:c=="children"||c in b||c=="value"&&
"defaultValue"in b||c=="checked"&&"defaultChecked"in b||ne(t,c,null,f,o);for(c in b)f=b[c],c=="children"?i=f:c=="dangerouslySetInnerHTML"?y=f:c=="value"?x=f:c==
"checked"?h=f:u&&typeof f!="function"||d[c]===f||ne(t,c,f,d[c],o);y?(u||g&&(y.__html==g.__html||y.__html==t.innerHTML)||(t.innerHTML=y.__html),e.__k=[]):(g&&(t.
textContent=""),(p=="foreignObject"||o=="http://www.w3.org/1998/Math/MathML"&&Ct.test(p))&&(o="http://www.w3.org/1999/xhtml"),qe(l,ge(i)?i:[i],e,n,r,o,s,a,s?s[0]:
n.__k&&I(n,0),u,_),s&&s.some(B)),u&&p!="textarea"||(c="value",p=="progress"&&x==null?t.removeAttribute(c):x==null||x===t[c]&&(p!="progress"||x)||ne(t,c,x,d[c],o),
c="checked",h!=null&&h!=t[c]&&ne(t,c,h,d[c],o))}else d===b||u&&t.data==b||(t.data=b);return t}function ve(t,e,n,r){try{typeof t=="function"?e?e.__x=t(e)||1:r&&(r=
r.__c||r.__e)&&(e=r.__x)&&(r.__x=null,typeof e=="function"?e():t(null)):t.current=e}catch(o){v.__e(o,n)}}function ke(t,e,n){var r,o,s,a;if(v.unmount&&v.unmount(
t),!(r=t.ref)||r.current&&r.current!=t.__e||ve(r,null,e,t),r=t.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(u){v.__e(u,e)}r.__P=r.__n=null}
if(r=t.__k)for(a=0;a<r.length;a++)r[a]&&ke(r[a],e,typeof t.type!="function"||n&&!t.props.__P);!n&&(r=t.__c)&&(r=r.__z)&&(o=ie(r,s=[]))&&(r==t.__e&&s.some(B),B(o),
B(r)),n||B(t.__e),t.__e=t.__c=t.__=null}function $t(t,e,n){return this.constructor(t,n)}function nn(t,e){var n,r,o,s;v.__&&v.__(t,e),e.nodeType==9&&(e=e.documentElement),
r=(n=t&&32&t.__u)?null:e.__k,e.__k=oe(H,{children:[t]}),o=[],s=[],ye(e,e.__k,r||ue,ue,e.namespaceURI,r?null:e.firstChild?We.call(e.childNodes):null,o,r?r.__e:e.
firstChild,n,s),ze(o,e.__k,s),e.__k.props.children=null}v={__e:function(t,e,n,r){for(var o,s,a;e=e.__;)if((o=e.__c)&&!(1&o.__g)){o.__g|=4;try{if((a=(s=o.constructor)&&s.getDerivedStateFromError)&&o.setState(s.getDerivedStateFromError(
t)),o.componentDidCatch&&(o.componentDidCatch(t,r||{}),a=1),a&&8&o.__g)return void(o.__g|=2)}catch(u){t=u}}throw ae=0,t}},je=0,Tt=function(t){return t!=null&&t.
constructor===V},se.prototype.setState=function(t,e){var n=this.__s;n&&n!=this.state||(n=this.__s=q({},this.state)),typeof t=="function"&&(t=t(q({},n),this.props)),
t&&(q(n,t),this.__v&&(e&&this.__k.push(e),Me(this)))},se.prototype.forceUpdate=function(t){this.__v&&(this.__g|=4,t&&this.__h.push(t),Me(this))},se.prototype.render=
H,j=[],ae=0,Ie=function(t,e){return t.__v.__b-e.__v.__b},re=Symbol(),He=/(PointerCapture)$|Capture$/i,me=0,he={},St=0;var G,T,be,Ve,we=Object.is,Z=0,rt=[],xe=[],w=v,Je=w.__b,Ze=w.__r,Xe=w.diffed,Qe=w.__c,Ye=w.unmount,et=w.__;function _e(t,e){w.__h&&w.__h(T,t,Z||e),Z=0;var n=T.__H||
(T.__H={__:[],__h:[]});return t>=n.__.length&&n.__.push({}),n.__[t]}function R(t){return Z=1,Nt(it,t)}function Nt(t,e,n){var r=_e(G++,2);if(r.t=t,!r.__c&&(r.__=
[n?n(e):it(void 0,e),function(s){var a=(r.__N||r.__)[0],u=r.t(a,s);we(a,u)||(r.__N=[u,r.__[1]],r.__c.setState({}))}],r.__c=T,!T.__f)){T.__f=!0;var o=T.shouldComponentUpdate;
T.shouldComponentUpdate=function(s,a,u){var _=this.__H;if(!_)return!0;var l=!1,c=this.props!=s;if(_.__.some(function(g){g.__N&&(l=!0,we(g.__[0],g.__N[0])||(c=!0))}),
o){var y=o.call(this,s,a,u);return l?y||c:y}return!l||c}}return r.__}function O(t,e){var n=_e(G++,3);!w.__s&&Ce(n.__H,e)&&(n.__P=!0,n.__=t,n.u=e,T.__H.__h.push(
n))}function ot(t,e){var n=_e(G++,4);!w.__s&&Ce(n.__H,e)&&(n.__P=!1,n.__=t,n.u=e,T.__h.push(n))}function U(t){return Z=5,st(function(){return{current:t}},[])}function st(t,e){var n=_e(G++,7);return Ce(n.__H,e)&&(n.__=t(),n.__H=e),n.__}function Se(t,e){return Z=8,st(function(){return t},e)}function Ot(){var t;do{for(;t=xe.shift();)try{J(t)}catch(n){w.__e(n,{__:(t=t.__P)&&t.__v})}for(;t=rt.shift();){var e=t.__H;if(t.__P&&e)try{e.__h.some(J),e.__h.some(
Te),e.__h=[]}catch(n){e.__h=[],w.__e(n,t.__v)}}}while(xe.length)}w.__b=function(t){T=null,Je&&Je(t)},w.__=function(t,e){t&&e.__k&&e.__k.__m&&(t.__m=e.__k.__m),et&&
et(t,e)},w.__r=function(t){Ze&&Ze(t),G=0;var e=(T=t.__c).__H;e&&(be==T?T.__h=[]:(e.__h.some(J),e.__h.some(Te),G=0),e.__h=[],e.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),be=T},w.diffed=function(t){Xe&&Xe(t);var e=t.__c;e&&e.__H&&(e.__H.__h.length&&nt(rt.push(e)),e.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
be=T=null},w.__c=function(t,e){e.some(function(n){try{n.__h.some(J),n.__h=n.__h.filter(function(r){return!r.__||Te(r)})}catch(r){n.__h=[function(){throw r}]}}),
Qe&&Qe(t,e)},w.unmount=function(t){Ye&&Ye(t);var e,n,r=t.__c;r&&r.__H&&(r.__H.__.some(function(o){try{if(o.__P&&o.__c){if(n===void 0){for(n=t.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}o.__P=n,nt(xe.push(o))}else J(o)}catch(s){e=s}}),r.__H=void 0,e&&w.__e(e,r.__v))};var tt=typeof requestAnimationFrame=="function";function Dt(t){
var e,n=function(){clearTimeout(r),tt&&cancelAnimationFrame(e),setTimeout(t)},r=setTimeout(n,35);tt&&(e=requestAnimationFrame(n))}function nt(t){t!=1&&Ve==w.requestAnimationFrame||
((Ve=w.requestAnimationFrame)||Dt)(Ot)}function J(t){var e=T,n=t.__c;typeof n=="function"&&(t.__c=void 0,n()),T=e}function Te(t){var e=T;t.__c=t.__(),T=e}function Ce(t,e){
return!t||t.length!=e.length||e.some(function(n,r){return!we(n,t[r])})}function it(t,e){return typeof e=="function"?e(t):e}var Ee=document.querySelector('script[type="module"]').src,at=t=>Ee.replace("app.js",t),Ae=Ee.slice(0,Ee.lastIndexOf("/console/a/")),X=Ae.slice(location.origin.
length);function S(t){let e=t,n=new Set;return{get:()=>e,set:r=>{if(!Object.is(e,r)){e=r;for(let o of n)o()}},listen:r=>{n.add(r)},use:()=>{let[,r]=R(0);return O(()=>{let o=()=>r(
s=>s+1);return n.add(o),()=>{n.delete(o)}},[]),e}}}var W=`${X}/console`;function ut(){return(location.pathname.startsWith(`${W}/`)?location.pathname.slice(W.length):location.pathname.slice(8))+location.search}function le(){
return{path:ut().split("?")[0].split("/").filter(Boolean).map(Mt),query:new URLSearchParams(location.search)}}function Mt(t){try{return decodeURIComponent(t)}catch{
return t}}var Pe=S(le()),fn=Pe.use;addEventListener("popstate",()=>Pe.set(le()));var dn=t=>W+t;function ct(t,e=!1){W+t!==location.pathname+location.search&&(history[e?
"replaceState":"pushState"](null,"",W+t),Pe.set(le()))}function pn(t,e=!1){let{query:n}=le();for(let[o,s]of Object.entries(t))s?n.set(o,s):n.delete(o);let r=n.toString();
ct(ut().split("?")[0]+(r?`?${r}`:""),e)}addEventListener("click",t=>{if(t.defaultPrevented||t.button!==0||t.metaKey||t.ctrlKey||t.shiftKey||t.altKey)return;let e=t.
target.closest?.("a");!e||e.target||e.origin!==location.origin||!e.pathname.startsWith(`${W}/`)||e.pathname.startsWith(`${W}/a/`)||(t.preventDefault(),ct(e.pathname.
slice(W.length)+e.search),scrollTo(0,0))});function _t(t){let e=new Map,n=(r,o)=>{try{return r(t())}catch{return o()}};return{get:r=>n(o=>o.getItem(`mistral.${r}`),()=>e.get(r)??null),set:(r,o)=>n(s=>s.setItem(
`mistral.${r}`,o),()=>{e.set(r,o)}),drop:r=>n(o=>o.removeItem(`mistral.${r}`),()=>{e.delete(r)})}}var F=_t(()=>sessionStorage),Q=_t(()=>localStorage);var Le=(t,e)=>Q.get(t)??e,K=S(Le("zone","local")),Ut=S(Le("theme","system")),jt=S(Le("keys","on")==="on"),vn=()=>Intl.supportedValuesOf?.("timeZone").filter(t=>t!==
"UTC")??[];function kn(t){Q.set("keys",t?"on":"off"),jt.set(t)}function bn(t){Q.set("zone",t),K.set(t)}function wn(t){Q.set("theme",t),t==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=t,Ut.set(t)}var fe=S(void 0),de={reached:()=>fe.set(void 0),lost:()=>{fe.get()===void 0&&fe.set(Date.now())}},lt=S(!1),Sn=fe.use;var Y=S(void 0);function An(t,e){let n=new Map,r={execution:"",taken:0,name:t,answers:n,truncated:!1};for(let o of e.split(`
`)){if(!o)continue;let{path:s,body:a}=JSON.parse(o);s?n.set(s,a):a.kind==="mistral-execution"?(r.execution=String(a.execution),r.taken=Number(a.taken_us)/1e3):a.
truncated&&(r.truncated=!0)}if(!r.execution)throw new Error("This is no file of an execution.");return r}function ft(t){return Y.get()?.answers.get(t.split("?")[0])}function dt(t){let e=new URLSearchParams;for(let[r,o]of Object.entries(t))o!==void 0&&o!==""&&e.set(r,String(o));let n=e.toString();return n?`?${n}`:""}var It=encodeURIComponent,
Ht="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",Wt=50,Ft=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],Bt=["state_info","input","output","params","updated_at"],qt=2e4;function Ln(t){let e={};for(let[s,a]of t)Ft.includes(s)||(e[s]=a);let n=t.get("marker")??
void 0,r=Bt.some(s=>s in e);return{path:`/v2/executions${dt({...e,fields:Ht,limit:Wt,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:r?qt:void 0})}`,
filters:e,marker:n,isSlow:r}}var pt="mistralEarly";function ht(t,e){let n=globalThis,r=n[pt];if(!(!r||r.path!==t||r.token!==e))return delete n[pt],r.answer}var mt=1<<20,Re=class{worker=new Worker(at("held.js"),{type:"module"});heard=new Map;last=0;constructor(){this.worker.onmessage=({data:e})=>this.heard.get(e.id)?.(
e),this.worker.onerror=e=>[...this.heard].forEach(([n,r])=>r({id:n,failed:e.message||"The worker has failed."}))}send(e,n,r=[]){let o=++this.last;return this.heard.
set(o,n),this.worker.postMessage({...e,id:o},r),()=>{this.heard.delete(o)&&this.worker.postMessage({id:o,stop:o})}}once(e,n){return new Promise((r,o)=>{let s=this.
send(e,a=>{s(),a.failed===void 0?r(a):o(new Error(a.failed))},n)})}close(){this.worker.terminate()}},$e=class t{constructor(e,n){this.holder=e;this.kept=n}holder;kept;async ask(e){
let n=await this.holder.once({way:this.kept.way,question:e});return n.members?.map(r=>[r[1],r[0]==="kept"?new t(this.holder,r[2]):r[2]])??n.value}search(e,n){return this.
holder.send({way:this.kept.way,word:e},({hits:r=[],isDone:o=!0})=>n(r,o))}};async function gt(t){let e=new Re;try{let{value:n,kept:r=[]}=await e.once({open:t},[
t]);for(let o of r){let s=n;for(let a of o.way.slice(0,-1))s=s[a];s[o.way[o.way.length-1]]=new $e(e,o)}return r.length||e.close(),{data:n,close:()=>e.close()}}catch(n){
throw e.close(),n}}var ee=S(F.get("token")??void 0),Gt=S(JSON.parse(F.get("projects")??"[]")),Ne=S("");function yt(t,e=[]){t?F.set("token",t):F.drop("token"),F.set("projects",JSON.
stringify(e)),Gt.set(e),Ne.set(""),ee.set(t)}function Kt(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${X}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let r=await n.
json();n.ok&&r.token?yt(r.token):Ne.set(r.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let t=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let e=F.get("mark");F.drop("mark"),!(!e||t.has("token")&&t.get("mark")!==
e)&&(t.has("token")?yt(t.get("token")):Ne.set(t.get("sign-in-failed")||"The provider has not signed you in."))}Kt();var zt=S(!1),$=class extends Error{constructor(n,r,o){
super(r);this.status=n;this.request=o}status;request};function Vt(t,e){let n=o=>`'${o.replaceAll("'","'\\''")}'`,r=["curl"];return e.method&&e.method!=="GET"&&r.
push("-X",e.method),ee.get()&&r.push('-H "X-Auth-Token: $TOKEN"'),e.json!==void 0&&r.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(e.json))),e.
text!==void 0&&r.push("-H 'Content-Type: text/plain' --data-binary @-"),r.push(n(Ae+t)),r.join(" ")}async function vt(t,e={}){let n=Vt(t,e);if(Y.get()){let l=ft(
t);if(l===void 0||(e.method??"GET")!=="GET")throw new $(404,"The file does not hold this.",n);return l}let r={Accept:"application/json",...e.headers},o;e.json!==
void 0?(r["Content-Type"]="application/json",o=JSON.stringify(e.json)):e.text!==void 0&&(r["Content-Type"]="text/plain",o=e.text),(e.method??"GET")!=="GET"&&(r["\
X-Mistral-Console"]="1");let s=r["X-Auth-Token"]||t==="/console/session"?void 0:ee.get();s?r["X-Auth-Token"]=s:e.asAdmin&&(r["X-Roles"]="admin");let a,u,_="";try{
a=await(o===void 0&&ht(t,s)||fetch(X+t,{method:e.method??"GET",headers:r,body:o,signal:e.signal})),e.holds?u=await a.arrayBuffer():_=await a.text()}catch(l){throw l.
name==="AbortError"?l:new $(0,"The server cannot be reached.",n)}if(e.holds&&u&&a.ok&&u.byteLength>=mt){let{data:l,close:c}=await gt(u);return e.holds(c),l}if(u&&
(_=new TextDecoder().decode(u)),a.status===401&&t!=="/console/session"&&zt.set(!0),!a.ok)throw new $(a.status,Jt(_,a),n);return _?JSON.parse(_):void 0}function Jt(t,e){
try{let n=JSON.parse(t);return n.faultstring??n.message??n.description??n.title??t}catch{return t.slice(0,500)||e.statusText}}function qn(t){if(!t)return;let e=Date.parse(`${t.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(e)?void 0:e}var kt=new Map;function te(t,e){if(e==="\
UTC"||e===void 0){let r=e===void 0?t-new Date(t).getTimezoneOffset()*6e4:t;return new Date(r).toISOString().slice(0,19).replace("T"," ")}let n=kt.get(e);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:e}),kt.set(e,n)),n.format(t)}function Oe(t){if(t===void 0)return"\u2013";let e=K.
get();return e==="UTC"?`${te(t,"UTC")}Z`:te(t,e==="local"?void 0:e)}function De(t){if(t===void 0)return"";let e=K.get(),n=e==="UTC"||e==="local"?"":`
${te(t,e)} ${e}`;return`${te(t,"UTC")} UTC
${te(t,void 0)} local${n}`}function bt(t){if(t==null)return"\u2013";let e=t/1e3;if(t===0)return"at once";if(e<1)return`${t.toFixed(0)} \xB5s`;if(e<1e3)return`${e<
100?e.toFixed(1):e.toFixed(0)} ms`;let n=e/1e3,r=o=>String(Math.floor(o)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${r(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${r(n%3600/60)} m`:`${Math.floor(n/86400)} d ${r(n%86400/3600)} h`}var Zt={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function wt(t){let[e,n]=Zt[t]??["\xB7","idle"];return{sign:e,colour:n}}var Gn=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],Kn=t=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(t),zn=t=>t.toLocaleString("en");function Vn(t){let e=["B","KB","MB","GB","TB"],n=0,
r=t;for(;r>=1024&&n<e.length-1;)r/=1024,n+=1;return`${r<10&&n?r.toFixed(1):Math.round(r)} ${e[n]}`}function Jn(t){if(!t?.startsWith("{"))return{words:t??""};try{
let e=JSON.parse(t);return typeof e.description!="string"?{words:t}:{words:e.description.replace(/ '\(.*\)'/,""),cron:e.triggered_by?.type==="cron_trigger"?e.triggered_by.
id:void 0}}catch{return{words:t}}}function Zn(t){let e=t??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(e);if(!n)return e.split(`
`).slice(0,4).join(" ");let r=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${r?r[1]:n[2]||e.split(`
`).find(o=>o.includes("[action_ex_id="))||"failed"}`}var Xt=Symbol.for("pv"),Qt=0;function m(t,e,n,r,o,s){e||(e={});var a,u,_=e;if("ref"in _&&typeof t!="function")for(u in _={},e)u=="ref"?a=e[u]:_[u]=e[u];var l={type:t,props:_,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:Xt,__v:--Qt,__i:-1,__u:0};return(o||s)&&(l.__source=o,l.__self=s),v.vnode&&v.vnode(l),l}function sr({state:t,short:e}){let{sign:n,colour:r}=wt(t);return m("span",{class:`state state-${r}`,children:[m("span",{"aria-hidden":"true",children:n}),e?"":`\
 ${t}`]})}function ir({time:t}){return K.use(),m("time",{title:De(t),children:Oe(t)})}function ar({time:t}){let[,e]=R(0);if(O(()=>{let r=setInterval(()=>e(o=>o+
1),1e3);return()=>clearInterval(r)},[]),t===void 0)return null;let n=t-Date.now();return m("time",{title:De(t),children:n>0?`in ${bt(n*1e3)}`:"now"})}function xt({
error:t,again:e,at:n}){let r=t.status===401?"This service asks who you are: sign in with a token, above.":t.status===403?"The service's policy does not let you \
see or do this.":t.status===404?"It has been deleted, has expired, or belongs to another project.":t.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":t.status===0?"It is tried again by itself.":"";return m("div",{class:"failure",role:"\
alert",children:[m("p",{children:[m("strong",{children:t.status||"No answer"})," ",t.message]}),r&&m("p",{children:r}),!!n&&m("p",{class:"muted",children:["What\
 is shown is from ",Oe(n),"."]}),m("details",{children:[m("summary",{children:"The request"}),m("pre",{children:t.request})]}),e&&m("button",{onClick:e,children:"\
Try again"})]})}function ur({of:t,children:e}){let{data:n,error:r,at:o,again:s}=t,[a,u]=R(!1),_=n===void 0&&!r;return O(()=>{if(!_)return u(!1);let l=setTimeout(
()=>u(!0),150);return()=>clearTimeout(l)},[_]),m(H,{children:[r&&m(xt,{error:r,again:s,at:n===void 0?void 0:o}),_&&a&&m("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[m("i",{}),m("i",{}),m("i",{})]}),n!==void 0&&m("div",{class:r?"stale":void 0,children:e(n)})]})}function cr({look:t,isNews:e,children:n}){
let r=U(null),[o,s]=R(!1);return O(()=>{let a=r.current,u=()=>s(a.scrollHeight>a.clientHeight),_=new ResizeObserver(u);return _.observe(a),u(),()=>_.disconnect()},
[n]),m("pre",{ref:r,class:`info${t?` state-${t}`:""}`,role:e?"status":void 0,tabIndex:o?0:void 0,children:n})}function _r({children:t}){return m("div",{class:"e\
mpty",children:t})}function Yt({title:t,close:e,children:n}){let r=U(null);return O(()=>{let o=r.current,s=document.activeElement;return o.showModal(),()=>{o.close(),
s?.focus?.()}},[]),m("dialog",{ref:r,"aria-label":t,onCancel:o=>{o.preventDefault(),e()},children:[m("h2",{children:t}),n]})}function lr({title:t,children:e,label:n,
act:r,close:o}){let[s,a]=R(),[u,_]=R(!1);return m(Yt,{title:t,close:o,children:[e,s&&m(xt,{error:s}),m("div",{class:"buttons",children:[m("button",{class:"prima\
ry",disabled:u,onClick:async()=>{_(!0);try{await r(),o()}catch(c){a(c instanceof $?c:new $(0,String(c),""))}_(!1)},children:n}),m("button",{onClick:o,children:"\
Leave it"})]})]})}function fr({text:t,label:e="Copy"}){let[n,r]=R(!1);return m("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(typeof t==
"string"?t:await t()),r(!0),setTimeout(()=>r(!1),1500)},children:n?"Copied":e})}var en=3e4,tn=50;function vr(t,e=0,n=!1,r,o=!1){let[s,a]=R({at:0}),[u,_]=R(0),l=U(0),c=ee.use(),y=lt.use(),g=r===void 0?void 0:JSON.stringify(r),i=U({isAsking:!1,
isAskedAgain:!1}),f=Se(()=>{i.current.isAsking?i.current.isAskedAgain=!0:_(p=>p+1)},[]),x=Se(p=>a(P=>P.data===void 0?P:{...P,data:p(P.data)}),[]),h=U(void 0);O(
()=>()=>h.current?.(),[]);let k=U(e),d=U(y);O(()=>{k.current=y?0:e;let p=d.current&&!y&&e>0;d.current=y,p?f():!i.current.isAsking&&l.current===0&&i.current.schedule?.(
k.current)},[e,y]),ot(()=>{if(t===void 0)return;let p=new AbortController,P=0,z=!0,D=M=>{clearTimeout(P),M>0&&!p.signal.aborted&&!Y.get()&&(P=window.setTimeout(
N,M))};i.current={isAsking:!1,isAskedAgain:!1,schedule:D};let N=async()=>{if(document.hidden&&!z)return D(k.current||2e3);z=!1,i.current.isAsking=!0,i.current.isAskedAgain=
!1;let M;try{let C=await vt(t,{signal:p.signal,asAdmin:n,...g===void 0?{}:{method:"POST",json:JSON.parse(g)},...o?{holds:E=>M=E}:{}});if(p.signal.aborted)return M?.();
h.current?.(),h.current=M,i.current.isAsking=!1,l.current=0,de.reached(),a({path:t,data:C,at:Date.now()}),D(i.current.isAskedAgain?tn:k.current)}catch(C){if(C.name===
"AbortError")return;i.current.isAsking=!1;let E=C instanceof $?C:new $(0,`The answer cannot be read: ${C}`,t);l.current+=1,E.status===0?de.lost():de.reached(),a(
A=>({path:t,data:A.path===t?A.data:void 0,error:E,at:A.at})),(E.status===0||E.status>=500)&&D(Math.min(en,1e3*2**l.current))}};return N(),()=>{p.abort(),clearTimeout(
P),i.current={isAsking:!1,isAskedAgain:!1}}},[t,u,c,n,g]);let b=s.path===t;return{data:b?s.data:void 0,error:b?s.error:void 0,at:s.at,again:f,patch:x}}export{H as a,se as b,nn as c,R as d,O as e,ot as f,U as g,st as h,at as i,Ae as j,X as k,S as l,ut as m,fn as n,dn as o,ct as p,pn as q,F as r,Q as s,K as t,Ut as u,
jt as v,vn as w,kn as x,bn as y,wn as z,lt as A,Sn as B,$e as C,Y as D,An as E,dt as F,It as G,Bt as H,Ln as I,ee as J,Gt as K,Ne as L,yt as M,zt as N,$ as O,vt as P,
qn as Q,Oe as R,bt as S,wt as T,Gn as U,Kn as V,zn as W,Vn as X,Jn as Y,Zn as Z,m as _,sr as $,ir as aa,ar as ba,xt as ca,ur as da,cr as ea,_r as fa,Yt as ga,lr as ha,
fr as ia,vr as ja};
