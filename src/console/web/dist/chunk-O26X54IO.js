var v,Ue,yt,R,de,ie,je,ne,Me,he,pe,vt,G=Symbol.for("pv"),ae={},_e=[],kt=/^m(i|n|o|s|text|space)$/,ge=Array.isArray,Ie=_e.slice,q=Object.assign;function F(e){e&&
e.parentNode&&e.remove()}function re(e,t,n,r,o){var s={type:e,props:t,key:n,ref:r,__k:null,__:null,__b:0,__e:null,__c:null,constructor:G,__v:o||++Ue,__i:-1,__u:0};return!o&&v.vnode&&v.vnode(
s),s}function U(e){return e.children}function oe(e,t){this.props=e,this.context=t,this.__g=0}function D(e,t){if(t==null)return e.__&&D(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:D(e)}function bt(e){var t,n=e.__v,r=n.__e,o=[],s=[],a=e.__P;a&&
((t=q({constructor:G},n)).__v=n.__v+1,v.vnode&&v.vnode(t),me(a,t,n,e.__n,a.namespaceURI,32&n.__u?[r]:null,o,r||D(n),32&n.__u,s),t.__v=n.__v,t.__.__k[t.__i]=t,ze(
o,t,s),n.__=n.__e=null,t.__e!=r&&He(t))}function He(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),He(e)}
function Re(e){(8&e.__g||(e.__g|=8,R.push(e),ie++))&&de==v.debounceRendering||((de=v.debounceRendering)||queueMicrotask)(We)}function We(){try{for(var e,t=1;R.length;)
R.length>t&&R.sort(je),e=R.shift(),t=R.length,8&e.__g&&bt(e)}finally{(ie=R.length)&&(de||queueMicrotask)(We)}}function Fe(e,t,n,r,o,s,a,_,c,h,u){var d,y,i,l,x,f,
g=r.__k||_e,p=t.length;for(c=xt(n,t,g,c,p),d=0;d<p;d++)(i=n.__k[d])!=null&&(y=~i.__i&&g[i.__i]||ae,i.__i=d,f=me(e,i,y,o,s,a,_,c,h,u),l=i.__e,(y.ref!=i.ref||8&y.
__u)&&(y.ref&&ye(y.ref,null,i,y),i.ref&&u.push(i.ref,i.__c||l,i)),x=x||l,4&i.__u?(c=qe(i,c,e,!y.__v),y.__e&&(y.__e=null)):typeof i.type=="function"&&f!==void 0?
c=f:l&&(c=l.nextSibling),i.__u&=-21);return n.__e=x,c}function xt(e,t,n,r,o){var s,a,_,c,h,u,d,y,i,l=n.length,x=l,f=0,g=0,p=e.__k=Array(o);for(s=0;s<o;s++)(a=t[s])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=p[s]=re(null,a):ge(a)?a=p[s]=re(U,{children:a}):a.constructor===G&&
a.__b?a=p[s]=re(a.type,a.props,a.key,a.ref,a.__v):p[s]=a,c=s+f,a.__=e,a.__b=e.__b+1,_=null,~(h=a.__i=wt(a,n,c,x))&&(x--,(_=n[h])&&(_.__u|=2)),_&&_.__v?(a.__u|=16,
h==c-1?f--:h==c+1?f++:h!=c&&(h>c?f--:f++,g=1)):(~h||(o>l?f--:o<l&&f++),typeof a.type!="function"&&(a.__u|=4))):p[s]=null;if(g){for(u=[],d=[],s=0;s<o;s++)if((a=p[s])&&
16&a.__u){for(f=0,y=u.length;f<y;)u[i=f+y>>1]<a.__i?f=i+1:y=i;u[f]=a.__i,d[s]=f+1}for(f=u.length;s--;)d[s]&&(d[s]==f?f--:p[s].__u|=4)}if(x)for(s=0;s<l;s++)!(_=n[s])||
2&_.__u||(_.__e==r&&(r=D(_)),ve(_,_));return r}function qe(e,t,n,r){var o,s,a,_;if(typeof e.type=="function"){if(e.props.__P)return t;if(o=e.__k)for(s=0;s<o.length;s++)
o[s]&&(o[s].__=e,t=qe(o[s],t,n,!1));return t}for(t&&!t.parentNode&&(t=D(e))&&!t.parentNode&&(t=null),a=e.__e,_=t;_&&_.nodeType==8;)_=_.nextSibling;for(a!=_&&(!r&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function wt(e,t,n,r){var o,s=e.key,a=e.type,_=t[n],c=_&&!(2&_.__u);if(_===null&&s==null||c&&s==_.key&&a==_.type)return n;if(r>(c?1:0)){for(o=n-1;o>=0;o--)if((_=
t[o])&&!(2&_.__u)&&s==_.key&&a==_.type)return o;for(o=n+1;o<t.length;o++)if((_=t[o])&&!(2&_.__u)&&s==_.key&&a==_.type)return o}return-1}function De(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function te(e,t,n,r,o){var s,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof r=="string"&&(e.style.
cssText=r=""),r)for(t in r)n&&t in n||De(e.style,t);if(n)for(t in n)r&&n[t]==r[t]||De(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof r!="function"&&(r=null),(e.__e||(e.__e={}))[t]=n,n&&r||(a=pe[t]||(pe[t]=Tt(t)),(e.__a||(e.__a={}))[t]=he,s=t!=(t=t.replace(Me,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,s):e.removeEventListener(t,a,s));else{if(o=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Tt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[ne]==null)t[ne]=he++;else if(t[ne]<this.__a[e])return;return n(v.event?v.event(t):t)}}}function me(e,t,n,r,o,s,a,_,c,h){
var u,d,y,i,l,x,f,g,p,b,k,C,I,N,H,Oe,O,W,$=t.type;if(t.constructor!==G)return null;128&n.__u&&(c=32&n.__u,u=n.__c.__z)&&(t.__u|=c,d=s=[],u.nodeType==8?_=se(u,s):
s.push(u),_=s[0]||_),(u=v.__b)&&u(t);e:if(typeof $=="function"){y=a.length;try{if(g=t.props,p=(u=$.prototype)&&u.render,b=(u=$.contextType)&&r[u.__c],k=u?b?b.props.
value:u.__:r,(i=n.__c)?(t.__c=i,2&i.__g&&(i.__g|=1)):(p?t.__c=i=new $(g,k):(t.__c=i=new oe(g,k),i.constructor=$,i.render=Ct),b&&b.sub(i),i.state||(i.state={}),i.
__n=r,i.__g|=8,i.__h=[],i.__k=[]),p&&(i.__s||(i.__s=i.state),$.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=q({},i.__s)),q(i.__s,$.getDerivedStateFromProps(
g,i.__s)))),l=i.props,x=i.state,i.__v=t,n.__c){if(g!==l&&p&&!$.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(g,k),t.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(g,i.__s,k)===!1){t.__v!=n.__v&&(i.props=g,i.state=i.__s,i.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(E){E&&(E.__=t)}),_e.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&a.push(i),_=D(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
g,i.__s,k),p&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(l,x,f)})}else p&&!$.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
p&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=k,i.props=g,i.__P=e,i.__g&=-5,C=v.__r,I=p?25:0;do i.__g&=-9,C&&C(t),u=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++I<25);p&&(_e.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(r=q({},r,i.getChildContext())),p&&n.__c&&i.getSnapshotBeforeUpdate&&
(f=i.getSnapshotBeforeUpdate(l,x)),N=u&&u.type===U&&u.key==null?u.props.children:u,g.__P&&(u=_,o=(e=g.__P).namespaceURI,c=s=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(E){E&&ve(E,E)}),n.__k=null),_=n.__k?D(n,0):null),_=Fe(e,ge(N)?N:[N],t,n,r,o,s,a,_,c,h),g.__P&&(t.__e=null,_=u),t.__u&=-161,d&&d.some(F),i.__h.length&&
a.push(i),1&i.__g&&(i.__g&=-4)}catch(E){if(a.length=y,t.__v=null,c||s)if(E&&E.then){if(t.__u|=128|c,s){for(~(O=s.indexOf(_||void 0))||(O=s.length);(W=s[O-1])&&W.
nodeType==8;)O--;for(;O<s.length;O++)if(W=s[O])if(s[O]=null,H){if(W==Oe)break}else{if(W.nodeType!=8)break;W.data.startsWith("$s")&&(Oe=se(H=W))}}if(!H){for(;_&&
_.nodeType==8&&_.nextSibling;)_=_.nextSibling;H=_}(u=se(H=t.__c.__z||(t.__c.__z=H)))?(t.__e=H,_=u):t.__e=_,_=_&&_.nextSibling}else s&&s.some(F);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),E&&E.then||Be(t),v.__e(E,t,n)}}else _=t.__e=St(n.__e,t,n,r,o,s,a,c,h,e);return(u=v.diffed)&&u(t),_}function se(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function Be(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(Be))}function ze(e,t,n){for(var r=0;r<n.length;)ye(n[r++],n[r++],n[r++]);v.__c&&v.__c(t,e),e.some(
function(o){try{e=o.__h,o.__h=[],e.some(function(s){s.call(o)})}catch(s){v.__e(s,o.__v)}})}function St(e,t,n,r,o,s,a,_,c,h){var u,d,y,i,l,x,f,g,p=n.props||ae,b=t.
props,k=t.type;if(k=="svg"?o="http://www.w3.org/2000/svg":k=="math"?o="http://www.w3.org/1998/Math/MathML":o||(o="http://www.w3.org/1999/xhtml"),s){for(u=0;u<s.
length;u++)if((l=s[u])&&(k?l.localName==k:l.nodeType==3)){e=l,s[u]=null;break}}if(!e){if(g=h.ownerDocument||document,!k)return g.createTextNode(b);e=g.createElementNS(
o,k,b.is?b:h),_&&(v.__m&&v.__m(t,s),_=!1),s=null}if(k){if(h=k=="template"&&e.content||e,s=k=="textarea"&&b.defaultValue!=null?null:s&&Ie.call(h.childNodes),!_&&
s)for(p={},u=0;u<e.attributes.length;u++)p[(l=e.attributes[u]).name]=l.value;for(u in p)l=p[u],u=="dangerouslySetInnerHTML"?y=l:u=="children"||u in b||u=="value"&&
"defaultValue"in b||u=="checked"&&"defaultChecked"in b||te(e,u,null,l,o);for(u in b)l=b[u],u=="children"?i=l:u=="dangerouslySetInnerHTML"?d=l:u=="value"?x=l:u==
"checked"?f=l:_&&typeof l!="function"||p[u]===l||te(e,u,l,p[u],o);d?(_||y&&(d.__html==y.__html||d.__html==e.innerHTML)||(e.innerHTML=d.__html),t.__k=[]):(y&&(e.
textContent=""),(k=="foreignObject"||o=="http://www.w3.org/1998/Math/MathML"&&kt.test(k))&&(o="http://www.w3.org/1999/xhtml"),Fe(h,ge(i)?i:[i],t,n,r,o,s,a,s?s[0]:
n.__k&&D(n,0),_,c),s&&s.some(F)),_&&k!="textarea"||(u="value",k=="progress"&&x==null?e.removeAttribute(u):x==null||x===e[u]&&(k!="progress"||x)||te(e,u,x,p[u],o),
u="checked",f!=null&&f!=e[u]&&te(e,u,f,p[u],o))}else p===b||_&&e.data==b||(e.data=b);return e}function ye(e,t,n,r){try{typeof e=="function"?t?t.__x=e(t)||1:r&&(r=
r.__c||r.__e)&&(t=r.__x)&&(r.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(o){v.__e(o,n)}}function ve(e,t,n){var r,o,s,a;if(v.unmount&&v.unmount(
e),!(r=e.ref)||r.current&&r.current!=e.__e||ye(r,null,t,e),r=e.__c){if(r.componentWillUnmount)try{r.componentWillUnmount()}catch(_){v.__e(_,t)}r.__P=r.__n=null}
if(r=e.__k)for(a=0;a<r.length;a++)r[a]&&ve(r[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(r=e.__c)&&(r=r.__z)&&(o=se(r,s=[]))&&(r==e.__e&&s.some(F),F(o),
F(r)),n||F(e.__e),e.__e=e.__c=e.__=null}function Ct(e,t,n){return this.constructor(e,n)}function Zt(e,t){var n,r,o,s;v.__&&v.__(e,t),t.nodeType==9&&(t=t.documentElement),
r=(n=e&&32&e.__u)?null:t.__k,t.__k=re(U,{children:[e]}),o=[],s=[],me(t,t.__k,r||ae,ae,t.namespaceURI,r?null:t.firstChild?Ie.call(t.childNodes):null,o,r?r.__e:t.
firstChild,n,s),ze(o,t.__k,s),t.__k.props.children=null}v={__e:function(e,t,n,r){for(var o,s,a;t=t.__;)if((o=t.__c)&&!(1&o.__g)){o.__g|=4;try{if((a=(s=o.constructor)&&s.getDerivedStateFromError)&&o.setState(s.getDerivedStateFromError(
e)),o.componentDidCatch&&(o.componentDidCatch(e,r||{}),a=1),a&&8&o.__g)return void(o.__g|=2)}catch(_){e=_}}throw ie=0,e}},Ue=0,yt=function(e){return e!=null&&e.
constructor===G},oe.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=q({},this.state)),typeof e=="function"&&(e=e(q({},n),this.props)),
e&&(q(n,e),this.__v&&(t&&this.__k.push(t),Re(this)))},oe.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Re(this))},oe.prototype.render=
U,R=[],ie=0,je=function(e,t){return e.__v.__b-t.__v.__b},ne=Symbol(),Me=/(PointerCapture)$|Capture$/i,he=0,pe={},vt=0;var z,T,ke,Ve,be=Object.is,J=0,tt=[],xe=[],w=v,Ge=w.__b,Ke=w.__r,Je=w.diffed,Ze=w.__c,Xe=w.unmount,Ye=w.__;function ue(e,t){w.__h&&w.__h(T,e,J||t),J=0;var n=T.__H||
(T.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function A(e){return J=1,Et(ot,e)}function Et(e,t,n){var r=ue(z++,2);if(r.t=e,!r.__c&&(r.__=
[n?n(t):ot(void 0,t),function(s){var a=(r.__N||r.__)[0],_=r.t(a,s);be(a,_)||(r.__N=[_,r.__[1]],r.__c.setState({}))}],r.__c=T,!T.__f)){T.__f=!0;var o=T.shouldComponentUpdate;
T.shouldComponentUpdate=function(s,a,_){var c=this.__H;if(!c)return!0;var h=!1,u=this.props!=s;if(c.__.some(function(y){y.__N&&(h=!0,be(y.__[0],y.__N[0])||(u=!0))}),
o){var d=o.call(this,s,a,_);return h?d||u:d}return!h||u}}return r.__}function L(e,t){var n=ue(z++,3);!w.__s&&Se(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,T.__H.__h.push(
n))}function nt(e,t){var n=ue(z++,4);!w.__s&&Se(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,T.__h.push(n))}function B(e){return J=5,rt(function(){return{current:e}},[])}function rt(e,t){var n=ue(z++,7);return Se(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function Te(e,t){return J=8,rt(function(){return e},t)}function At(){var e;do{for(;e=xe.shift();)try{K(e)}catch(n){w.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=tt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(K),t.__h.some(
we),t.__h=[]}catch(n){t.__h=[],w.__e(n,e.__v)}}}while(xe.length)}w.__b=function(e){T=null,Ge&&Ge(e)},w.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Ye&&
Ye(e,t)},w.__r=function(e){Ke&&Ke(e),z=0;var t=(T=e.__c).__H;t&&(ke==T?T.__h=[]:(t.__h.some(K),t.__h.some(we),z=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),ke=T},w.diffed=function(e){Je&&Je(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&et(tt.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
ke=T=null},w.__c=function(e,t){t.some(function(n){try{n.__h.some(K),n.__h=n.__h.filter(function(r){return!r.__||we(r)})}catch(r){n.__h=[function(){throw r}]}}),
Ze&&Ze(e,t)},w.unmount=function(e){Xe&&Xe(e);var t,n,r=e.__c;r&&r.__H&&(r.__H.__.some(function(o){try{if(o.__P&&o.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}o.__P=n,et(xe.push(o))}else K(o)}catch(s){t=s}}),r.__H=void 0,t&&w.__e(t,r.__v))};var Qe=typeof requestAnimationFrame=="function";function Pt(e){
var t,n=function(){clearTimeout(r),Qe&&cancelAnimationFrame(t),setTimeout(e)},r=setTimeout(n,35);Qe&&(t=requestAnimationFrame(n))}function et(e){e!=1&&Ve==w.requestAnimationFrame||
((Ve=w.requestAnimationFrame)||Pt)(At)}function K(e){var t=T,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),T=t}function we(e){var t=T;e.__c=e.__(),T=t}function Se(e,t){
return!e||e.length!=t.length||t.some(function(n,r){return!be(n,e[r])})}function ot(e,t){return typeof t=="function"?t(e):t}var Ce=document.querySelector('script[type="module"]').src,en=e=>Ce.replace("app.js",e),Ee=Ce.slice(0,Ce.lastIndexOf("/console/a/")),Z=Ee.slice(location.origin.
length);function S(e){let t=e,n=new Set;return{get:()=>t,set:r=>{if(!Object.is(t,r)){t=r;for(let o of n)o()}},listen:r=>{n.add(r)},use:()=>{let[,r]=A(0);return L(()=>{let o=()=>r(
s=>s+1);return n.add(o),()=>{n.delete(o)}},[]),t}}}var j=`${Z}/console`;function st(){return(location.pathname.startsWith(`${j}/`)?location.pathname.slice(j.length):location.pathname.slice(8))+location.search}function ce(){
return{path:st().split("?")[0].split("/").filter(Boolean).map($t),query:new URLSearchParams(location.search)}}function $t(e){try{return decodeURIComponent(e)}catch{
return e}}var Ae=S(ce()),an=Ae.use;addEventListener("popstate",()=>Ae.set(ce()));var _n=e=>j+e;function it(e,t=!1){j+e!==location.pathname+location.search&&(history[t?
"replaceState":"pushState"](null,"",j+e),Ae.set(ce()))}function un(e,t=!1){let{query:n}=ce();for(let[o,s]of Object.entries(e))s?n.set(o,s):n.delete(o);let r=n.toString();
it(st().split("?")[0]+(r?`?${r}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.
target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${j}/`)||t.pathname.startsWith(`${j}/a/`)||(e.preventDefault(),it(t.pathname.
slice(j.length)+t.search),scrollTo(0,0))});function at(e){let t=new Map,n=(r,o)=>{try{return r(e())}catch{return o()}};return{get:r=>n(o=>o.getItem(`mistral.${r}`),()=>t.get(r)??null),set:(r,o)=>n(s=>s.setItem(
`mistral.${r}`,o),()=>{t.set(r,o)}),drop:r=>n(o=>o.removeItem(`mistral.${r}`),()=>{t.delete(r)})}}var M=at(()=>sessionStorage),X=at(()=>localStorage);var Pe=(e,t)=>X.get(e)??t,V=S(Pe("zone","local")),Lt=S(Pe("theme","system")),Nt=S(Pe("keys","on")==="on"),pn=()=>Intl.supportedValuesOf?.("timeZone").filter(e=>e!==
"UTC")??[];function hn(e){X.set("keys",e?"on":"off"),Nt.set(e)}function gn(e){X.set("zone",e),V.set(e)}function mn(e){X.set("theme",e),e==="system"?delete document.
documentElement.dataset.theme:document.documentElement.dataset.theme=e,Lt.set(e)}var le=S(void 0),fe={reached:()=>le.set(void 0),lost:()=>{le.get()===void 0&&le.set(Date.now())}},kn=le.use;var Y=S(void 0);function wn(e,t){let n=new Map,r={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let o of t.split(`
`)){if(!o)continue;let{path:s,body:a}=JSON.parse(o);s?n.set(s,a):a.kind==="mistral-execution"?(r.execution=String(a.execution),r.taken=Number(a.taken_us)/1e3):a.
truncated&&(r.truncated=!0)}if(!r.execution)throw new Error("This is no file of an execution.");return r}function _t(e){return Y.get()?.answers.get(e.split("?")[0])}function ut(e){let t=new URLSearchParams;for(let[r,o]of Object.entries(e))o!==void 0&&o!==""&&t.set(r,String(o));let n=t.toString();return n?`?${n}`:""}var Ot=encodeURIComponent,
Rt="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",Dt=50,Ut=["marker","fields","limit","sort_keys","sort_dirs","sca\
n_limit"],jt=["state_info","input","output","params","updated_at"],Mt=2e4;function Sn(e){let t={};for(let[s,a]of e)Ut.includes(s)||(t[s]=a);let n=e.get("marker")??
void 0,r=jt.some(s=>s in t);return{path:`/v2/executions${ut({...t,fields:Rt,limit:Dt,sort_keys:"created_at",sort_dirs:"desc",marker:n,scan_limit:r?Mt:void 0})}`,
filters:t,marker:n,isSlow:r}}var ct="mistralEarly";function lt(e,t){let n=globalThis,r=n[ct];if(!(!r||r.path!==e||r.token!==t))return delete n[ct],r.answer}var Q=S(M.get("token")??void 0),It=S(JSON.parse(M.get("projects")??"[]")),$e=S("");function ft(e,t=[]){e?M.set("token",e):M.drop("token"),M.set("projects",JSON.
stringify(t)),It.set(t),$e.set(""),Q.set(e)}function Ht(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch(
`${Z}/console/session`,{method:"POST",headers:{"Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let r=await n.
json();n.ok&&r.token?ft(r.token):$e.set(r.faultstring??"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(
location.hash.slice(1));history.replaceState(null,"",location.pathname+location.search);let t=M.get("mark");M.drop("mark"),!(!t||e.has("token")&&e.get("mark")!==
t)&&(e.has("token")?ft(e.get("token")):$e.set(e.get("sign-in-failed")||"The provider has not signed you in."))}Ht();var Wt=S(!1),P=class extends Error{constructor(n,r,o){
super(r);this.status=n;this.request=o}status;request};function Ft(e,t){let n=o=>`'${o.replaceAll("'","'\\''")}'`,r=["curl"];return t.method&&t.method!=="GET"&&r.
push("-X",t.method),Q.get()&&r.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&r.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.text!==
void 0&&r.push("-H 'Content-Type: text/plain' --data-binary @-"),r.push(n(Ee+e)),r.join(" ")}async function dt(e,t={}){let n=Ft(e,t);if(Y.get()){let c=_t(e);if(c===
void 0||(t.method??"GET")!=="GET")throw new P(404,"The file does not hold this.",n);return c}let r={Accept:"application/json",...t.headers},o;t.json!==void 0?(r["\
Content-Type"]="application/json",o=JSON.stringify(t.json)):t.text!==void 0&&(r["Content-Type"]="text/plain",o=t.text),(t.method??"GET")!=="GET"&&(r["X-Mistral-\
Console"]="1");let s=r["X-Auth-Token"]||e==="/console/session"?void 0:Q.get();s?r["X-Auth-Token"]=s:t.asAdmin&&(r["X-Roles"]="admin");let a,_;try{a=await(o===void 0&&
lt(e,s)||fetch(Z+e,{method:t.method??"GET",headers:r,body:o,signal:t.signal})),_=await a.text()}catch(c){throw c.name==="AbortError"?c:new P(0,"The server canno\
t be reached.",n)}if(a.status===401&&e!=="/console/session"&&Wt.set(!0),!a.ok)throw new P(a.status,qt(_,a),n);return _?JSON.parse(_):void 0}function qt(e,t){try{
let n=JSON.parse(e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}function Un(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var pt=new Map;function ee(e,t){if(t==="\
UTC"||t===void 0){let r=t===void 0?e-new Date(e).getTimezoneOffset()*6e4:e;return new Date(r).toISOString().slice(0,19).replace("T"," ")}let n=pt.get(t);return n||
(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),pt.set(t,n)),n.format(e)}function Le(e){if(e===void 0)return"\u2013";let t=V.
get();return t==="UTC"?`${ee(e,"UTC")}Z`:ee(e,t==="local"?void 0:t)}function Ne(e){if(e===void 0)return"";let t=V.get(),n=t==="UTC"||t==="local"?"":`
${ee(e,t)} ${t}`;return`${ee(e,"UTC")} UTC
${ee(e,void 0)} local${n}`}function ht(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,r=o=>String(Math.floor(o)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${r(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${r(n%3600/60)} m`:`${Math.floor(n/86400)} d ${r(n%86400/3600)} h`}var Bt={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function gt(e){let[t,n]=Bt[e]??["\xB7","idle"];return{sign:t,colour:n}}var jn=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],Mn=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),In=e=>e.toLocaleString("en");function Hn(e){let t=["B","KB","MB","GB","TB"],n=0,
r=e;for(;r>=1024&&n<t.length-1;)r/=1024,n+=1;return`${r<10&&n?r.toFixed(1):Math.round(r)} ${t[n]}`}function Wn(e){if(!e?.startsWith("{"))return{words:e??""};try{
let t=JSON.parse(e);return typeof t.description!="string"?{words:e}:{words:t.description.replace(/ '\(.*\)'/,""),cron:t.triggered_by?.type==="cron_trigger"?t.triggered_by.
id:void 0}}catch{return{words:e}}}function Fn(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let r=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${r?r[1]:n[2]||t.split(`
`).find(o=>o.includes("[action_ex_id="))||"failed"}`}var zt=Symbol.for("pv"),Vt=0;function m(e,t,n,r,o,s){t||(t={});var a,_,c=t;if("ref"in c&&typeof e!="function")for(_ in c={},t)_=="ref"?a=t[_]:c[_]=t[_];var h={type:e,props:c,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:zt,__v:--Vt,__i:-1,__u:0};return(o||s)&&(h.__source=o,h.__self=s),v.vnode&&v.vnode(h),h}function Xn({state:e,short:t}){let{sign:n,colour:r}=gt(e);return m("span",{class:`state state-${r}`,children:[m("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Yn({time:e}){return V.use(),m("time",{title:Ne(e),children:Le(e)})}function Qn({time:e}){let[,t]=A(0);if(L(()=>{let r=setInterval(()=>t(o=>o+
1),1e3);return()=>clearInterval(r)},[]),e===void 0)return null;let n=e-Date.now();return m("time",{title:Ne(e),children:n>0?`in ${ht(n*1e3)}`:"now"})}function mt({
error:e,again:t,at:n}){let r=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return m("div",{class:"failure",role:"\
alert",children:[m("p",{children:[m("strong",{children:e.status||"No answer"})," ",e.message]}),r&&m("p",{children:r}),!!n&&m("p",{class:"muted",children:["What\
 is shown is from ",Le(n),"."]}),m("details",{children:[m("summary",{children:"The request"}),m("pre",{children:e.request})]}),t&&m("button",{onClick:t,children:"\
Try again"})]})}function er({of:e,children:t}){let{data:n,error:r,at:o,again:s}=e,[a,_]=A(!1),c=n===void 0&&!r;return L(()=>{if(!c)return _(!1);let h=setTimeout(
()=>_(!0),150);return()=>clearTimeout(h)},[c]),m(U,{children:[r&&m(mt,{error:r,again:s,at:n===void 0?void 0:o}),c&&a&&m("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[m("i",{}),m("i",{}),m("i",{})]}),n!==void 0&&m("div",{class:r?"stale":void 0,children:t(n)})]})}function tr({look:e,isNews:t,children:n}){
let r=B(null),[o,s]=A(!1);return L(()=>{let a=r.current,_=()=>s(a.scrollHeight>a.clientHeight),c=new ResizeObserver(_);return c.observe(a),_(),()=>c.disconnect()},
[n]),m("pre",{ref:r,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:o?0:void 0,children:n})}function nr({children:e}){return m("div",{class:"e\
mpty",children:e})}function Gt({title:e,close:t,children:n}){let r=B(null);return L(()=>{let o=r.current,s=document.activeElement;return o.showModal(),()=>{o.close(),
s?.focus?.()}},[]),m("dialog",{ref:r,"aria-label":e,onCancel:o=>{o.preventDefault(),t()},children:[m("h2",{children:e}),n]})}function rr({title:e,children:t,label:n,
act:r,close:o}){let[s,a]=A(),[_,c]=A(!1);return m(Gt,{title:e,close:o,children:[t,s&&m(mt,{error:s}),m("div",{class:"buttons",children:[m("button",{class:"prima\
ry",disabled:_,onClick:async()=>{c(!0);try{await r(),o()}catch(u){a(u instanceof P?u:new P(0,String(u),""))}c(!1)},children:n}),m("button",{onClick:o,children:"\
Leave it"})]})]})}function or({text:e,label:t="Copy"}){let[n,r]=A(!1);return m("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(typeof e==
"string"?e:e()),r(!0),setTimeout(()=>r(!1),1500)},children:n?"Copied":t})}var Kt=3e4,Jt=50;function lr(e,t=0,n=!1,r){let[o,s]=A({at:0}),[a,_]=A(0),c=B(0),h=Q.use(),u=r===void 0?void 0:JSON.stringify(r),d=B({isAsking:!1,isAskedAgain:!1}),
y=Te(()=>{d.current.isAsking?d.current.isAskedAgain=!0:_(f=>f+1)},[]),i=Te(f=>s(g=>g.data===void 0?g:{...g,data:f(g.data)}),[]),l=B(t);L(()=>{l.current=t,!d.current.
isAsking&&c.current===0&&d.current.schedule?.(t)},[t]),nt(()=>{if(e===void 0)return;let f=new AbortController,g=0,p=!0,b=C=>{clearTimeout(g),C>0&&!f.signal.aborted&&
!Y.get()&&(g=window.setTimeout(k,C))};d.current={isAsking:!1,isAskedAgain:!1,schedule:b};let k=async()=>{if(document.hidden&&!p)return b(l.current||2e3);p=!1,d.
current.isAsking=!0,d.current.isAskedAgain=!1;try{let C=await dt(e,{signal:f.signal,asAdmin:n,...u===void 0?{}:{method:"POST",json:JSON.parse(u)}});d.current.isAsking=
!1,c.current=0,fe.reached(),s({path:e,data:C,at:Date.now()}),b(d.current.isAskedAgain?Jt:l.current)}catch(C){if(C.name==="AbortError")return;d.current.isAsking=
!1;let I=C instanceof P?C:new P(0,`The answer cannot be read: ${C}`,e);c.current+=1,I.status===0?fe.lost():fe.reached(),s(N=>({path:e,data:N.path===e?N.data:void 0,
error:I,at:N.at})),(I.status===0||I.status>=500)&&b(Math.min(Kt,1e3*2**c.current))}};return k(),()=>{f.abort(),clearTimeout(g),d.current={isAsking:!1,isAskedAgain:!1}}},
[e,a,h,n,u]);let x=o.path===e;return{data:x?o.data:void 0,error:x?o.error:void 0,at:o.at,again:y,patch:i}}export{U as a,oe as b,Zt as c,A as d,L as e,nt as f,B as g,rt as h,en as i,Ee as j,Z as k,S as l,st as m,an as n,_n as o,it as p,un as q,M as r,X as s,V as t,Lt as u,
Nt as v,pn as w,hn as x,gn as y,mn as z,kn as A,Y as B,wn as C,ut as D,Ot as E,jt as F,Sn as G,Q as H,It as I,$e as J,ft as K,Wt as L,P as M,dt as N,Un as O,Le as P,
ht as Q,gt as R,jn as S,Mn as T,In as U,Hn as V,Wn as W,Fn as X,m as Y,Xn as Z,Yn as _,Qn as $,mt as aa,er as ba,tr as ca,nr as da,Gt as ea,rr as fa,or as ga,lr as ha};
