var D,pe,an,st,Vt,Dt,me,Rt,_e,jt,Gt,ln,yt=Symbol.for("pv"),Nt={},Pt=[],cn=/^m(i|n|o|s|text|space)$/,qt=Array.isArray,he=Pt.slice,dt=Object.assign;function ut(e){
e&&e.parentNode&&e.remove()}function At(e,n,o,s,i){var r={type:e,props:n,key:o,ref:s,__k:null,__:null,__b:0,__e:null,__c:null,constructor:yt,__v:i||++pe,__i:-1,__u:0};return!i&&D.vnode&&D.
vnode(r),r}function E(e){return e.children}function ht(e,n){this.props=e,this.context=n,this.__g=0}function it(e,n){if(n==null)return e.__&&it(e.__,e.__i+1);for(var o;n<e.
__k.length;n++)if((o=e.__k[n])&&o.__e)return o.__e;return typeof e.type!="function"||e.props.__P?null:it(e)}function un(e){var n,o=e.__v,s=o.__e,i=[],r=[],a=e.__P;
a&&((n=dt({constructor:yt},o)).__v=o.__v+1,D.vnode&&D.vnode(n),Kt(a,n,o,e.__n,a.namespaceURI,32&o.__u?[s]:null,i,s||it(o),32&o.__u,r),n.__v=o.__v,n.__.__k[n.__i]=
n,ve(i,n,r),o.__=o.__e=null,n.__e!=s&&ge(n))}function ge(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(n){return n&&(e.__e=n.__e)}),
ge(e)}function de(e){(8&e.__g||(e.__g|=8,st.push(e),Dt++))&&Vt==D.debounceRendering||((Vt=D.debounceRendering)||queueMicrotask)(ye)}function ye(){try{for(var e,
n=1;st.length;)st.length>n&&st.sort(me),e=st.shift(),n=st.length,8&e.__g&&un(e)}finally{(Dt=st.length)&&(Vt||queueMicrotask)(ye)}}function be(e,n,o,s,i,r,a,l,d,m,u){
var y,h,c,_,g,k,v=s.__k||Pt,f=n.length;for(d=dn(o,n,v,d,f),y=0;y<f;y++)(c=o.__k[y])!=null&&(h=~c.__i&&v[c.__i]||Nt,c.__i=y,k=Kt(e,c,h,i,r,a,l,d,m,u),_=c.__e,(h.
ref!=c.ref||8&h.__u)&&(h.ref&&Bt(h.ref,null,c,h),c.ref&&u.push(c.ref,c.__c||_,c)),g=g||_,4&c.__u?(d=ke(c,d,e,!h.__v),h.__e&&(h.__e=null)):typeof c.type=="functi\
on"&&k!==void 0?d=k:_&&(d=_.nextSibling),c.__u&=-21);return o.__e=g,d}function dn(e,n,o,s,i){var r,a,l,d,m,u,y,h,c,_=o.length,g=_,k=0,v=0,f=e.__k=Array(i);for(r=
0;r<i;r++)(a=n[r])!=null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=f[r]=At(null,a):qt(a)?a=f[r]=At(E,{children:a}):
a.constructor===yt&&a.__b?a=f[r]=At(a.type,a.props,a.key,a.ref,a.__v):f[r]=a,d=r+k,a.__=e,a.__b=e.__b+1,l=null,~(m=a.__i=fn(a,o,d,g))&&(g--,(l=o[m])&&(l.__u|=2)),
l&&l.__v?(a.__u|=16,m==d-1?k--:m==d+1?k++:m!=d&&(m>d?k--:k++,v=1)):(~m||(i>_?k--:i<_&&k++),typeof a.type!="function"&&(a.__u|=4))):f[r]=null;if(v){for(u=[],y=[],
r=0;r<i;r++)if((a=f[r])&&16&a.__u){for(k=0,h=u.length;k<h;)u[c=k+h>>1]<a.__i?k=c+1:h=c;u[k]=a.__i,y[r]=k+1}for(k=u.length;r--;)y[r]&&(y[r]==k?k--:f[r].__u|=4)}if(g)
for(r=0;r<_;r++)!(l=o[r])||2&l.__u||(l.__e==s&&(s=it(l)),zt(l,l));return s}function ke(e,n,o,s){var i,r,a,l;if(typeof e.type=="function"){if(e.props.__P)return n;
if(i=e.__k)for(r=0;r<i.length;r++)i[r]&&(i[r].__=e,n=ke(i[r],n,o,!1));return n}for(n&&!n.parentNode&&(n=it(e))&&!n.parentNode&&(n=null),a=e.__e,l=n;l&&l.nodeType==
8;)l=l.nextSibling;for(a!=l&&(!s&&o.moveBefore&&a.parentNode?o.moveBefore(a,n):o.insertBefore(a,n||null)),n=a;(n=n&&n.nextSibling)&&n.nodeType==8&&!n.data.startsWith(
"$s"););return n}function fn(e,n,o,s){var i,r=e.key,a=e.type,l=n[o],d=l&&!(2&l.__u);if(l===null&&r==null||d&&r==l.key&&a==l.type)return o;if(s>(d?1:0)){for(i=o-1;i>=0;i--)if((l=
n[i])&&!(2&l.__u)&&r==l.key&&a==l.type)return i;for(i=o+1;i<n.length;i++)if((l=n[i])&&!(2&l.__u)&&r==l.key&&a==l.type)return i}return-1}function fe(e,n,o){o==null&&
(o=""),n[0]=="-"?e.setProperty(n,o):e[n]=o}function Ct(e,n,o,s,i){var r,a;if(n=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof s=="string"&&(e.style.
cssText=s=""),s)for(n in s)o&&n in o||fe(e.style,n);if(o)for(n in o)s&&o[n]==s[n]||fe(e.style,n,o[n])}else if(n[0]=="o"&&n[1]=="n")typeof o!="function"&&(o=null),
typeof s!="function"&&(s=null),(e.__e||(e.__e={}))[n]=o,o&&s||(a=Gt[n]||(Gt[n]=pn(n)),(e.__a||(e.__a={}))[n]=jt,r=n!=(n=n.replace(_e,"$1")),(n=n.slice(2))[0]<"a"&&
(n=n.toLowerCase()),o?e.addEventListener(n,a,r):e.removeEventListener(n,a,r));else{if(i=="http://www.w3.org/2000/svg")n=n.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(n!="width"&&n!="height"&&n!="href"&&n!="list"&&n!="form"&&n!="tabIndex"&&n!="download"&&n!="rowSpan"&&n!="colSpan"&&n!="role"&&n!="popover"&&n in e)
try{return void(e[n]=o??"")}catch{}if(typeof o=="function")return;o==null||o===!1&&n[4]!="-"?e.removeAttribute(n):e.setAttribute(n,n=="popover"&&o==1?"":o)}}function pn(e){
return function(n){var o=this.__e;if(o){if(o=o[e],n[Rt]==null)n[Rt]=jt++;else if(n[Rt]<this.__a[e])return;return o(D.event?D.event(n):n)}}}function Kt(e,n,o,s,i,r,a,l,d,m){
var u,y,h,c,_,g,k,v,f,w,x,p,T,R,A,q,S,M,N=n.type;if(n.constructor!==yt)return null;128&o.__u&&(d=32&o.__u,u=o.__c.__z)&&(n.__u|=d,y=r=[],u.nodeType==8?l=$t(u,r):
r.push(u),l=r[0]||l),(u=D.__b)&&u(n);t:if(typeof N=="function"){h=a.length;try{if(v=n.props,f=(u=N.prototype)&&u.render,w=(u=N.contextType)&&s[u.__c],x=u?w?w.props.
value:u.__:s,(c=o.__c)?(n.__c=c,2&c.__g&&(c.__g|=1)):(f?n.__c=c=new N(v,x):(n.__c=c=new ht(v,x),c.constructor=N,c.render=_n),w&&w.sub(c),c.state||(c.state={}),c.
__n=s,c.__g|=8,c.__h=[],c.__k=[]),f&&(c.__s||(c.__s=c.state),N.getDerivedStateFromProps&&(c.__s==c.state&&(c.__s=dt({},c.__s)),dt(c.__s,N.getDerivedStateFromProps(
v,c.__s)))),_=c.props,g=c.state,c.__v=n,o.__c){if(v!==_&&f&&!N.getDerivedStateFromProps&&c.componentWillReceiveProps&&c.componentWillReceiveProps(v,x),n.__v==o.
__v&&!(8&c.__g)||!(4&c.__g)&&c.shouldComponentUpdate&&c.shouldComponentUpdate(v,c.__s,x)===!1){n.__v!=o.__v&&(c.props=v,c.state=c.__s,c.__g&=-9),n.__e=o.__e,n.__k=
o.__k,n.__k.some(function($){$&&($.__=n)}),Pt.push.apply(c.__h,c.__k),c.__k=[],c.__h.length&&a.push(c),l=it(o);break t}c.componentWillUpdate&&c.componentWillUpdate(
v,c.__s,x),f&&c.componentDidUpdate&&c.__h.push(function(){c.componentDidUpdate(_,g,k)})}else f&&!N.getDerivedStateFromProps&&c.componentWillMount&&c.componentWillMount(),
f&&c.componentDidMount&&c.__h.push(c.componentDidMount);c.context=x,c.props=v,c.__P=e,c.__g&=-5,p=D.__r,T=f?25:0;do c.__g&=-9,p&&p(n),u=c.render(c.props,c.state=
c.__s,c.context);while(8&c.__g&&++T<25);f&&(Pt.push.apply(c.__h,c.__k),c.__k=[]),c.state=c.__s,c.getChildContext&&(s=dt({},s,c.getChildContext())),f&&o.__c&&c.getSnapshotBeforeUpdate&&
(k=c.getSnapshotBeforeUpdate(_,g)),R=u&&u.type===E&&u.key==null?u.props.children:u,v.__P&&(u=l,i=(e=v.__P).namespaceURI,d=r=null,o.props&&o.props.__P!=e&&(o.__k.
some(function($){$&&zt($,$)}),o.__k=null),l=o.__k?it(o,0):null),l=be(e,qt(R)?R:[R],n,o,s,i,r,a,l,d,m),v.__P&&(n.__e=null,l=u),n.__u&=-161,y&&y.some(ut),c.__h.length&&
a.push(c),1&c.__g&&(c.__g&=-4)}catch($){if(a.length=h,n.__v=null,d||r)if($&&$.then){if(n.__u|=128|d,r){for(~(S=r.indexOf(l||void 0))||(S=r.length);(M=r[S-1])&&M.
nodeType==8;)S--;for(;S<r.length;S++)if(M=r[S])if(r[S]=null,A){if(M==q)break}else{if(M.nodeType!=8)break;M.data.startsWith("$s")&&(q=$t(A=M))}}if(!A){for(;l&&l.
nodeType==8&&l.nextSibling;)l=l.nextSibling;A=l}(u=$t(A=n.__c.__z||(n.__c.__z=A)))?(n.__e=A,l=u):n.__e=l,l=l&&l.nextSibling}else r&&r.some(ut);else n.__e=o.__e;
n.__k||(n.__k=o.__k||[]),$&&$.then||we(n),D.__e($,n,o)}}else l=n.__e=mn(o.__e,n,o,s,i,r,a,d,m,e);return(u=D.diffed)&&u(n),l}function $t(e,n){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var o=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))o++;else if(e.data.startsWith("/$s")&&!--o)return e}n&&n.push(
e)}}function we(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(we))}function ve(e,n,o){for(var s=0;s<o.length;)Bt(o[s++],o[s++],o[s++]);D.__c&&D.__c(n,e),e.some(
function(i){try{e=i.__h,i.__h=[],e.some(function(r){r.call(i)})}catch(r){D.__e(r,i.__v)}})}function mn(e,n,o,s,i,r,a,l,d,m){var u,y,h,c,_,g,k,v,f=o.props||Nt,w=n.
props,x=n.type;if(x=="svg"?i="http://www.w3.org/2000/svg":x=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),r){for(u=0;u<r.
length;u++)if((_=r[u])&&(x?_.localName==x:_.nodeType==3)){e=_,r[u]=null;break}}if(!e){if(v=m.ownerDocument||document,!x)return v.createTextNode(w);e=v.createElementNS(
i,x,w.is?w:m),l&&(D.__m&&D.__m(n,r),l=!1),r=null}if(x){if(m=x=="template"&&e.content||e,r=x=="textarea"&&w.defaultValue!=null?null:r&&he.call(m.childNodes),!l&&
r)for(f={},u=0;u<e.attributes.length;u++)f[(_=e.attributes[u]).name]=_.value;for(u in f)_=f[u],u=="dangerouslySetInnerHTML"?h=_:u=="children"||u in w||u=="value"&&
"defaultValue"in w||u=="checked"&&"defaultChecked"in w||Ct(e,u,null,_,i);for(u in w)_=w[u],u=="children"?c=_:u=="dangerouslySetInnerHTML"?y=_:u=="value"?g=_:u==
"checked"?k=_:l&&typeof _!="function"||f[u]===_||Ct(e,u,_,f[u],i);y?(l||h&&(y.__html==h.__html||y.__html==e.innerHTML)||(e.innerHTML=y.__html),n.__k=[]):(h&&(e.
textContent=""),(x=="foreignObject"||i=="http://www.w3.org/1998/Math/MathML"&&cn.test(x))&&(i="http://www.w3.org/1999/xhtml"),be(m,qt(c)?c:[c],n,o,s,i,r,a,r?r[0]:
o.__k&&it(o,0),l,d),r&&r.some(ut)),l&&x!="textarea"||(u="value",x=="progress"&&g==null?e.removeAttribute(u):g==null||g===e[u]&&(x!="progress"||g)||Ct(e,u,g,f[u],
i),u="checked",k!=null&&k!=e[u]&&Ct(e,u,k,f[u],i))}else f===w||l&&e.data==w||(e.data=w);return e}function Bt(e,n,o,s){try{typeof e=="function"?n?n.__x=e(n)||1:s&&
(s=s.__c||s.__e)&&(n=s.__x)&&(s.__x=null,typeof n=="function"?n():e(null)):e.current=n}catch(i){D.__e(i,o)}}function zt(e,n,o){var s,i,r,a;if(D.unmount&&D.unmount(
e),!(s=e.ref)||s.current&&s.current!=e.__e||Bt(s,null,n,e),s=e.__c){if(s.componentWillUnmount)try{s.componentWillUnmount()}catch(l){D.__e(l,n)}s.__P=s.__n=null}
if(s=e.__k)for(a=0;a<s.length;a++)s[a]&&zt(s[a],n,typeof e.type!="function"||o&&!e.props.__P);!o&&(s=e.__c)&&(s=s.__z)&&(i=$t(s,r=[]))&&(s==e.__e&&r.some(ut),ut(
i),ut(s)),o||ut(e.__e),e.__e=e.__c=e.__=null}function _n(e,n,o){return this.constructor(e,o)}function xe(e,n){var o,s,i,r;D.__&&D.__(e,n),n.nodeType==9&&(n=n.documentElement),
s=(o=e&&32&e.__u)?null:n.__k,n.__k=At(E,{children:[e]}),i=[],r=[],Kt(n,n.__k,s||Nt,Nt,n.namespaceURI,s?null:n.firstChild?he.call(n.childNodes):null,i,s?s.__e:n.
firstChild,o,r),ve(i,n.__k,r),n.__k.props.children=null}D={__e:function(e,n,o,s){for(var i,r,a;n=n.__;)if((i=n.__c)&&!(1&i.__g)){i.__g|=4;try{if((a=(r=i.constructor)&&r.getDerivedStateFromError)&&i.setState(r.getDerivedStateFromError(
e)),i.componentDidCatch&&(i.componentDidCatch(e,s||{}),a=1),a&&8&i.__g)return void(i.__g|=2)}catch(l){e=l}}throw Dt=0,e}},pe=0,an=function(e){return e!=null&&e.
constructor===yt},ht.prototype.setState=function(e,n){var o=this.__s;o&&o!=this.state||(o=this.__s=dt({},this.state)),typeof e=="function"&&(e=e(dt({},o),this.props)),
e&&(dt(o,e),this.__v&&(n&&this.__k.push(n),de(this)))},ht.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),de(this))},ht.prototype.render=
E,st=[],Dt=0,me=function(e,n){return e.__v.__b-n.__v.__b},Rt=Symbol(),_e=/(PointerCapture)$|Capture$/i,jt=0,Gt={},ln=0;var kt,W,Jt,Te,Xt=Object.is,wt=0,Pe=[],Zt=[],U=D,Ee=U.__b,Se=U.__r,Ce=U.diffed,Re=U.__c,Ae=U.unmount,$e=U.__;function Qt(e,n){U.__h&&U.__h(W,e,wt||n),wt=0;var o=W.
__H||(W.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function b(e){return wt=1,hn(Oe,e)}function hn(e,n,o){var s=Qt(kt++,2);if(s.t=e,!s.__c&&
(s.__=[o?o(n):Oe(void 0,n),function(r){var a=(s.__N||s.__)[0],l=s.t(a,r);Xt(a,l)||(s.__N=[l,s.__[1]],s.__c.setState({}))}],s.__c=W,!W.__f)){W.__f=!0;var i=W.shouldComponentUpdate;
W.shouldComponentUpdate=function(r,a,l){var d=this.__H;if(!d)return!0;var m=!1,u=this.props!=r;if(d.__.some(function(h){h.__N&&(m=!0,Xt(h.__[0],h.__N[0])||(u=!0))}),
i){var y=i.call(this,r,a,l);return m?y||u:y}return!m||u}}return s.__}function F(e,n){var o=Qt(kt++,3);!U.__s&&Le(o.__H,n)&&(o.__P=!0,o.__=e,o.u=n,W.__H.__h.push(
o))}function K(e){return wt=5,B(function(){return{current:e}},[])}function B(e,n){var o=Qt(kt++,7);return Le(o.__H,n)&&(o.__=e(),o.__H=n),o.__}function Ie(e,n){return wt=8,B(function(){return e},n)}function gn(){var e;do{for(;e=Zt.shift();)try{bt(e)}catch(o){U.__e(o,{__:(e=e.__P)&&e.__v})}for(;e=Pe.shift();){var n=e.__H;if(e.__P&&n)try{n.__h.some(bt),n.__h.
some(Yt),n.__h=[]}catch(o){n.__h=[],U.__e(o,e.__v)}}}while(Zt.length)}U.__b=function(e){W=null,Ee&&Ee(e)},U.__=function(e,n){e&&n.__k&&n.__k.__m&&(e.__m=n.__k.__m),
$e&&$e(e,n)},U.__r=function(e){Se&&Se(e),kt=0;var n=(W=e.__c).__H;n&&(Jt==W?W.__h=[]:(n.__h.some(bt),n.__h.some(Yt),kt=0),n.__h=[],n.__.some(function(o){o.__N&&
(o.__=o.__N),o.u=o.__N=void 0})),Jt=W},U.diffed=function(e){Ce&&Ce(e);var n=e.__c;n&&n.__H&&(n.__H.__h.length&&Ne(Pe.push(n)),n.__H.__.some(function(o){o.u&&(o.
__H=o.u)})),Jt=W=null},U.__c=function(e,n){n.some(function(o){try{o.__h.some(bt),o.__h=o.__h.filter(function(s){return!s.__||Yt(s)})}catch(s){o.__h=[function(){
throw s}]}}),Re&&Re(e,n)},U.unmount=function(e){Ae&&Ae(e);var n,o,s=e.__c;s&&s.__H&&(s.__H.__.some(function(i){try{if(i.__P&&i.__c){if(o===void 0){for(o=e.__;o&&
(!o.__c||!o.__c.__P);)o=o.__;o=o&&o.__c}i.__P=o,Ne(Zt.push(i))}else bt(i)}catch(r){n=r}}),s.__H=void 0,n&&U.__e(n,s.__v))};var De=typeof requestAnimationFrame==
"function";function yn(e){var n,o=function(){clearTimeout(s),De&&cancelAnimationFrame(n),setTimeout(e)},s=setTimeout(o,35);De&&(n=requestAnimationFrame(o))}function Ne(e){
e!=1&&Te==U.requestAnimationFrame||((Te=U.requestAnimationFrame)||yn)(gn)}function bt(e){var n=W,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),W=n}function Yt(e){
var n=W;e.__c=e.__(),W=n}function Le(e,n){return!e||e.length!=n.length||n.some(function(o,s){return!Xt(o,e[s])})}function Oe(e,n){return typeof n=="function"?n(
e):n}function ft(e){let n=e,o=new Set;return{get:()=>n,set:s=>{if(!Object.is(n,s)){n=s;for(let i of o)i()}},use:()=>{let[,s]=b(0);return F(()=>{let i=()=>s(r=>r+1);return o.
add(i),()=>{o.delete(i)}},[]),n}}}var at="/console";function It(){return{path:location.pathname.slice(at.length).split("/").filter(Boolean).map(bn),query:new URLSearchParams(location.search)}}function bn(e){
try{return decodeURIComponent(e)}catch{return e}}var te=ft(It()),G=te.use;addEventListener("popstate",()=>te.set(It()));var O=e=>at+e;function z(e,n=!1){at+e!==
location.pathname+location.search&&(history[n?"replaceState":"pushState"](null,"",at+e),te.set(It()))}function L(e,n=!1){let{query:o}=It();for(let[i,r]of Object.
entries(e))r?o.set(i,r):o.delete(i);let s=o.toString();z(location.pathname.slice(at.length)+(s?`?${s}`:""),n)}addEventListener("click",e=>{if(e.defaultPrevented||
e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let n=e.target.closest?.("a");!n||n.target||n.origin!==location.origin||!n.pathname.startsWith(`${at}\
/`)||n.pathname.startsWith(`${at}/a/`)||(e.preventDefault(),z(n.pathname.slice(at.length)+n.search),scrollTo(0,0))});var Me=(e,n)=>localStorage.getItem(`mistral.${e}`)??n,lt=ft(Me("zone","local")),vt=ft(Me("theme","system"));function ee(e){localStorage.setItem("mistral.zone",e),
lt.set(e)}function Ue(e){localStorage.setItem("mistral.theme",e),e==="system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=
e,vt.set(e)}var Lt=ft(void 0),Ot={reached:()=>Lt.set(void 0),lost:()=>{Lt.get()===void 0&&Lt.set(Date.now())}},We=Lt.use;function j(e){if(!e)return;let n=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(n)?void 0:n}var Fe=new Map;function Mt(e,n){let o=Fe.
get(n);return o||(o=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:n}),Fe.set(n,o)),o.format(e)}function xt(e){return e===void 0?
"\u2013":lt.get()==="UTC"?`${Mt(e,"UTC")}Z`:Mt(e,void 0)}function He(e){return e===void 0?"":`${Mt(e,"UTC")} UTC
${Mt(e,void 0)} local`}function Y(e){if(e==null)return"\u2013";let n=e/1e3;if(e===0)return"at once";if(n<1)return`${e.toFixed(0)} \xB5s`;if(n<1e3)return`${n<100?
n.toFixed(1):n.toFixed(0)} ms`;let o=n/1e3,s=i=>String(Math.floor(i)).padStart(2,"0");return o<60?`${o<10?o.toFixed(1):Math.floor(o)} s`:o<3600?`${Math.floor(o/
60)} m ${s(o%60)} s`:o<86400?`${Math.floor(o/3600)} h ${s(o%3600/60)} m`:`${Math.floor(o/86400)} d ${s(o%86400/3600)} h`}var kn={RUNNING:["\u25D0","running"],SUCCESS:[
"\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function nt(e){let[n,o]=kn[e]??["\xB7","idle"];return{sign:n,colour:o}}var Ve=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],pt=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e);var tt=class extends Error{constructor(o,s,i){super(s);this.status=o;this.request=i}status;request};function wn(e,n){let o=i=>`'${i.replaceAll("'","'\\''")}'`,s=[
"curl"];return n.method&&n.method!=="GET"&&s.push("-X",n.method),n.json!==void 0&&s.push("-H 'Content-Type: application/json' -d",o(JSON.stringify(n.json))),n.text!==
void 0&&s.push("-H 'Content-Type: text/plain' --data-binary @-"),s.push(o(location.origin+e)),s.join(" ")}async function V(e,n={}){let o={Accept:"application/js\
on"},s;n.json!==void 0?(o["Content-Type"]="application/json",s=JSON.stringify(n.json)):n.text!==void 0&&(o["Content-Type"]="text/plain",s=n.text);let i=wn(e,n),
r,a;try{r=await fetch(e,{method:n.method??"GET",headers:o,body:s,signal:n.signal}),a=await r.text()}catch(l){throw l.name==="AbortError"?l:new tt(0,"The server \
cannot be reached.",i)}if(!r.ok)throw new tt(r.status,vn(a,r),i);return a?JSON.parse(a):void 0}function vn(e,n){try{let o=JSON.parse(e);return o.faultstring??o.
message??e}catch{return e.slice(0,500)||n.statusText}}function mt(e){let n=new URLSearchParams;for(let[s,i]of Object.entries(e))i!==void 0&&i!==""&&n.set(s,String(
i));let o=n.toString();return o?`?${o}`:""}var C=encodeURIComponent;var xn=Symbol.for("pv"),Tn=0;function t(e,n,o,s,i,r){n||(n={});var a,l,d=n;if("ref"in d&&typeof e!="function")for(l in d={},n)l=="ref"?a=n[l]:d[l]=n[l];var m={type:e,props:d,key:o,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:xn,__v:--Tn,__i:-1,__u:0};return(i||r)&&(m.__source=i,m.__self=r),D.vnode&&D.vnode(m),m}function X({state:e}){let{sign:n,colour:o}=nt(e);return t("span",{class:`state state-${o}`,children:[t("span",{"aria-hidden":"true",children:n})," ",e]})}function J({
time:e}){return lt.use(),t("time",{title:He(e),children:xt(e)})}function gt({error:e,again:n,at:o}){let s=e.status===401?"This service asks who you are. The con\
sole has no sign-in yet: use the REST API or the command line with a token.":e.status===403?"The service's policy does not let you see or do this.":e.status===404?
"It has been deleted, has expired, or belongs to another project.":e.status===503?"The search took too long. Narrow it by state, workflow or time.":e.status===0?
"It is tried again by itself.":"";return t("div",{class:"failure",role:"alert",children:[t("p",{children:[t("strong",{children:e.status||"No answer"})," ",e.message]}),
s&&t("p",{children:s}),!!o&&t("p",{class:"muted",children:["What is shown is from ",xt(o),"."]}),t("details",{children:[t("summary",{children:"The request"}),t(
"pre",{children:e.request})]}),n&&t("button",{onClick:n,children:"Try again"})]})}function P({of:e,children:n}){let{data:o,error:s,at:i,again:r}=e,[a,l]=b(!1),d=o===
void 0&&!s;return F(()=>{if(!d)return l(!1);let m=setTimeout(()=>l(!0),150);return()=>clearTimeout(m)},[d]),t(E,{children:[s&&t(gt,{error:s,again:r,at:o===void 0?
void 0:i}),d&&a&&t("div",{class:"skeleton",role:"status","aria-label":"Loading",children:[t("i",{}),t("i",{}),t("i",{})]}),o!==void 0&&t("div",{class:s?"stale":
void 0,children:n(o)})]})}function H({children:e}){return t("div",{class:"empty",children:e})}function Tt({title:e,close:n,children:o}){let s=K(null);return F(()=>{
let i=s.current,r=document.activeElement;return i.showModal(),()=>{i.close(),r?.focus?.()}},[]),t("dialog",{ref:s,"aria-label":e,onCancel:i=>{i.preventDefault(),
n()},children:[t("h2",{children:e}),o]})}function et({title:e,children:n,label:o,act:s,close:i}){let[r,a]=b(),[l,d]=b(!1);return t(Tt,{title:e,close:i,children:[
n,r&&t(gt,{error:r}),t("div",{class:"buttons",children:[t("button",{class:"primary",disabled:l,onClick:async()=>{d(!0);try{await s(),i()}catch(u){a(u instanceof
tt?u:new tt(0,String(u),""))}d(!1)},children:o}),t("button",{onClick:i,children:"Leave it"})]})]})}function Et({text:e,label:n="Copy"}){let[o,s]=b(!1);return t(
"button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(e),s(!0),setTimeout(()=>s(!1),1500)},children:o?"Copied":n})}var En=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,
ne=100,Ut=2e3;function Ge({value:e,name:n,depth:o=0}){let[s,i]=b(o<2),[r,a]=b(ne),[l,d]=b(!(n&&En.test(n))),m=n!==void 0&&t("span",{class:"json-key",children:[n,
": "]});if(!l)return t("div",{children:[m,t("button",{class:"small",onClick:()=>d(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(e===null||typeof e!="obje\
ct"){let c=typeof e=="string"?e:JSON.stringify(e),_=c.length>Ut&&!s;return t("div",{children:[m,t("span",{class:`json-${e===null?"null":typeof e}`,children:c.length>
Ut&&(_||o<2)&&r===ne?`${c.slice(0,Ut)}\u2026`:c}),c.length>Ut&&r===ne&&t("button",{class:"small",onClick:()=>{a(1/0),i(!0)},children:["all ",c.length.toLocaleString(
"en")," characters"]})]})}let u=Array.isArray(e),y=u?e.map((c,_)=>[String(_),c]):Object.entries(e),h=u?`[${y.length}]`:`{${y.length}}`;return y.length?t("div",{
children:[t("button",{class:"json-fold","aria-expanded":s,onClick:()=>i(!s),children:[s?"\u25BE":"\u25B8"," ",m,t("span",{class:"muted",children:h})]}),s&&t("di\
v",{class:"json-members",children:[y.slice(0,r).map(([c,_])=>t(Ge,{name:c,value:_,depth:o+1},c)),y.length>r&&t("button",{class:"small",onClick:()=>a(r+1e3),children:[
y.length-r," more"]})]})]}):t("div",{children:[m,t("span",{class:"muted",children:u?"[]":"{}"})]})}function Wt(e){if(typeof e!="string")return e??null;try{return JSON.
parse(e)}catch{return e}}function Q({title:e,value:n}){let o=Wt(n);return t("section",{class:"data",children:[t("h3",{children:[e," ",t(Et,{text:typeof o=="stri\
ng"?o:JSON.stringify(o,null,2)})]}),t(Ge,{value:o})]})}var Sn=3e4;function I(e,n=0){let[o,s]=b({at:0}),[i,r]=b(0),a=K(0),l=Ie(()=>r(m=>m+1),[]);F(()=>{if(e===void 0)return;let m=new AbortController,u=0,y=!0,h=_=>{_>
0&&!m.signal.aborted&&(u=window.setTimeout(c,_))},c=async()=>{if(document.hidden&&!y)return h(n||2e3);y=!1;try{let _=await V(e,{signal:m.signal});a.current=0,Ot.
reached(),s({path:e,data:_,at:Date.now()}),h(n)}catch(_){if(_.name==="AbortError")return;let g=_ instanceof tt?_:new tt(0,`The answer cannot be read: ${_}`,e);a.
current+=1,g.status===0?Ot.lost():Ot.reached(),s(k=>({path:e,data:k.path===e?k.data:void 0,error:g,at:k.at})),(g.status===0||g.status>=500)&&h(Math.min(Sn,1e3*2**
a.current))}};return c(),()=>{m.abort(),clearTimeout(u)}},[e,n,i]);let d=o.path===e;return{data:d?o.data:void 0,error:d?o.error:void 0,at:o.at,again:l}}var Cn="id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id",Rn=50,An=["marker","fields","limit","sort_keys","sort_dirs"];
function je(){let{query:e}=G(),n={};for(let[a,l]of e)An.includes(a)||(n[a]=l);let o=e.get("marker")??void 0,s=`/v2/executions${mt({...n,fields:Cn,limit:Rn,sort_keys:"\
created_at",sort_dirs:"desc",marker:o})}`,i=I(s,o?0:3e3),r=Object.keys(n).length>0;return t(E,{children:[t("div",{class:"title",children:t("h1",{children:"Execu\
tions"})}),t($n,{filters:n}),t(P,{of:i,children:a=>a.executions.length?t(Dn,{executions:a.executions,next:a.next,isFirst:!o}):t(H,{children:r?t(E,{children:[t("\
p",{children:"No execution matches these filters."}),t("button",{onClick:()=>z("/executions"),children:"Show all"})]}):t(E,{children:[t("p",{children:"Nothing h\
as run yet."}),t("p",{children:[t("a",{href:O("/workflows"),children:"Go to the workflows"}),", upload one, and run it."]})]})})})]})}function $n({filters:e}){let[
n,o]=b(e.workflow_name??"");F(()=>o(e.workflow_name??""),[e.workflow_name]);let s=Object.entries(e).filter(([r])=>r!=="state"&&r!=="workflow_name"&&r!=="created\
_at"),i=r=>`gte:${new Date(Date.now()-r*36e5).toISOString().slice(0,16).replace("T"," ")}`;return t("div",{class:"filters",role:"search",children:[t("div",{class:"\
chips",role:"group","aria-label":"State",children:["",...Ve].map(r=>t("button",{class:"chip","aria-pressed":(e.state??"")===r,onClick:()=>L({state:r,marker:void 0}),
children:r?t(X,{state:r}):"All"}))}),t("form",{onSubmit:r=>{r.preventDefault(),L({workflow_name:n.trim(),marker:void 0})},children:[t("label",{children:["Workfl\
ow ",t("input",{"data-filter":!0,value:n,placeholder:"exact name",onInput:r=>o(r.currentTarget.value)})]}),t("label",{children:["Created"," ",t("select",{value:e.
created_at??"",onChange:r=>L({created_at:r.currentTarget.value,marker:void 0}),children:[t("option",{value:"",children:"any time"}),t("option",{value:i(1),children:"\
last hour"}),t("option",{value:i(24),children:"last 24 hours"}),t("option",{value:i(168),children:"last 7 days"}),e.created_at&&t("option",{value:e.created_at,children:e.
created_at})]})]}),t("button",{children:"Filter"})]}),s.map(([r,a])=>t("button",{class:"chip",onClick:()=>L({[r]:void 0,marker:void 0}),"aria-label":`Remove the\
 filter ${r}`,children:[r,"=",a," \u2715"]}))]})}function Dn({executions:e,next:n,isFirst:o}){let s=K(null),i=n&&new URL(n,location.origin).searchParams.get("ma\
rker"),r=a=>{let l=a.key==="j"||a.key==="ArrowDown"?1:a.key==="k"||a.key==="ArrowUp"?-1:0;if(!l||a.ctrlKey||a.metaKey||a.altKey)return;let d=[...s.current?.querySelectorAll(
"a.row")??[]],m=d.indexOf(document.activeElement);d[Math.max(0,Math.min(d.length-1,m+l))]?.focus(),a.preventDefault()};return F(()=>{let a=l=>{l.target.closest(
"input, textarea, select, dialog")||(l.key==="j"||l.key==="k")&&r(l)};return addEventListener("keydown",a),()=>removeEventListener("keydown",a)}),t(E,{children:[
t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Workflow"}),t("th",{children:"\
Created"}),t("th",{children:"Took"}),t("th",{children:"Why or what"}),t("th",{children:"Id"})]})}),t("tbody",{ref:s,onKeyDown:r,children:e.map(a=>{let[l,d]=[j(a.
created_at),j(a.updated_at)],m=pt(a.state)?d:Date.now();return t("tr",{children:[t("td",{children:t(X,{state:a.state})}),t("td",{children:t("a",{class:"row",href:O(
`/executions/${C(a.id)}`),children:a.workflow_name})}),t("td",{class:"nowrap",children:t(J,{time:l})}),t("td",{class:"nowrap",children:l!==void 0&&m!==void 0?m-
l<1e3?"< 1 s":Y((m-l)*1e3):"\u2013"}),t("td",{class:"wide",children:a.state_info??a.description??""}),t("td",{children:t("code",{children:a.id})})]},a.id)})})]})}),
t("div",{class:"pager",children:[!o&&t("button",{onClick:()=>history.back(),children:"Newer"}),!o&&t("button",{onClick:()=>L({marker:void 0}),children:"Newest"}),
i&&t("button",{onClick:()=>L({marker:i}),children:"Older"})]})]})}var Nn={[-1]:"noop",[-2]:"fail",[-3]:"succeed",[-4]:"pause"},Pn=document.querySelector('script[type="module"]');function In(e){let[n,o]=b();return F(()=>{let s=e.
edges.filter(r=>r.to>=0),i=new Worker(Pn.src.replace("app.js","layout.js"),{type:"module"});return i.onmessage=r=>{o({hash:e.spec_hash,layout:r.data}),i.terminate()},
i.postMessage({count:e.nodes.length,from:Int32Array.from(s,r=>r.from),to:Int32Array.from(s,r=>r.to)}),()=>i.terminate()},[e.spec_hash]),n?.hash===e.spec_hash?n.
layout:void 0}function Ft({graph:e,states:n,selected:o,onSelect:s}){let i=K(null),r=In(e),a=K(void 0),l=K(0),d=vt.use(),[m,u]=b({width:0,height:0}),y=B(()=>e.edges.
filter(p=>p.to>=0),[e.spec_hash]);F(()=>{let p=i.current,T=new ResizeObserver(()=>u({width:p.clientWidth,height:p.clientHeight}));return T.observe(p),()=>T.disconnect()},
[]);let h=()=>{cancelAnimationFrame(l.current),l.current=requestAnimationFrame(()=>{!i.current||!r||!m.width||(a.current??=Un(r,m),Hn(i.current,e,y,r,n,a.current,
o),i.current.dataset.painted=String(e.nodes.length))})};F(h,[r,n,o,m,d]),F(()=>{a.current=void 0},[e.spec_hash]),F(()=>{let p=i.current,T=R=>{a.current&&(R.preventDefault(),
qe(a.current,Math.exp(-R.deltaY/400),R.offsetX,R.offsetY),h())};return p.addEventListener("wheel",T,{passive:!1}),()=>p.removeEventListener("wheel",T)});let c=K(
void 0),_=p=>{c.current={x:p.offsetX,y:p.offsetY,moved:!1},i.current.setPointerCapture(p.pointerId)},g=p=>{if(!c.current||!a.current)return;let[T,R]=[p.offsetX-
c.current.x,p.offsetY-c.current.y];!c.current.moved&&Math.hypot(T,R)<4||(c.current={x:p.offsetX,y:p.offsetY,moved:!0},a.current.x+=T,a.current.y+=R,h())},k=p=>{
if(c.current&&!c.current.moved&&r&&a.current){let T=Wn(r,e.nodes.length,a.current,p.offsetX,p.offsetY);s(T===void 0?void 0:e.nodes[T].name)}c.current=void 0},v=p=>{
a.current&&qe(a.current,p,m.width/2,m.height/2),h()},f=()=>{a.current=void 0,h()},w=p=>{let T=e.nodes.findIndex(R=>R.name===p);if(r&&T>=0){let R=Math.max(a.current?.
scale??1,.6);a.current={scale:R,x:m.width/2-(r.x[T]+190/2)*R,y:m.height/2-(r.y[T]+44/2)*R}}s(p),h()},x=p=>{if(p.ctrlKey||p.metaKey||p.altKey)return;let T=On(e,n,
o,p.key==="N");if(p.key==="+"||p.key==="=")v(1.3);else if(p.key==="-")v(1/1.3);else if(p.key==="f")f();else if((p.key==="n"||p.key==="N")&&T)w(T);else if(p.key.
startsWith("Arrow")){let R=Mn(e,o,p.key);R&&w(R)}else return;p.preventDefault(),p.stopPropagation()};return t("div",{class:"graph",children:[t("div",{class:"gra\
ph-tools",children:[t("button",{onClick:()=>v(1.3),"aria-label":"Zoom in",children:"+"}),t("button",{onClick:()=>v(1/1.3),"aria-label":"Zoom out",children:"\u2212"}),
t("button",{onClick:f,children:"Fit"}),t("span",{class:"muted",children:[e.nodes.length.toLocaleString("en")," tasks",e.truncated?", more are left out":""]})]}),
t("canvas",{ref:i,tabIndex:0,role:"img","aria-label":`Graph of ${e.name}. Arrow keys go along its edges, n to the next failed task, f shows all.`,onPointerDown:_,
onPointerMove:g,onPointerUp:k,onKeyDown:x}),!r&&t("p",{class:"graph-wait muted",children:"Laying out\u2026"}),t(Ln,{graph:e,states:n,selected:o,goTo:w})]})}function Ln({
graph:e,states:n,selected:o,goTo:s}){let i=e.nodes.findIndex(u=>u.name===o);if(i<0)return t("p",{class:"muted navigator",children:"Choose a task to see what lea\
ds to it and what follows."});let r=e.nodes[i],a=(u,y)=>u.map(h=>{let c=e.nodes[h[y]]?.name;return t("li",{children:[t("span",{class:"muted",children:[h.on," "]}),
c===void 0?Nn[h.to]:t("button",{onClick:()=>s(c),children:c}),h.condition&&t("code",{children:[" ",h.condition]})]})}),l=e.edges.filter(u=>u.to===i).slice(0,100),
d=e.edges.filter(u=>u.from===i).slice(0,100),m=[r.with_items&&"with-items",r.join&&`join ${r.join}`,...r.policies].filter(Boolean).join(", ");return t("div",{class:"\
navigator","aria-live":"polite",children:[t("div",{children:[t("strong",{children:r.name})," ",n.get(r.name)?.state??"not run"," \xB7 ",t("code",{children:r.calls}),
m&&t("span",{class:"muted",children:[" \xB7 ",m]})]}),t("div",{class:"columns",children:[t("div",{children:[t("h3",{children:"Comes from"}),l.length?t("ul",{children:a(
l,"from")}):t("p",{class:"muted",children:"The workflow's start."})]}),t("div",{children:[t("h3",{children:"Leads to"}),d.length?t("ul",{children:a(d,"to")}):t(
"p",{class:"muted",children:"The workflow's end."})]})]})]})}function On(e,n,o,s){let i=e.nodes.filter(a=>n.get(a.name)?.state==="ERROR").map(a=>a.name),r=o===void 0?
-1:i.indexOf(o);if(i.length)return i[(r+(s?i.length-1:1)+(s&&r<0?1:0))%i.length]}function Mn(e,n,o){let s=e.nodes.findIndex(r=>r.name===n);if(s<0)return e.nodes[0]?.
name;let i=o==="ArrowRight"||o==="ArrowDown";if(o==="ArrowLeft"||o==="ArrowRight"){let r=i?e.edges.find(a=>a.from===s&&a.to>=0):e.edges.find(a=>a.to===s);return r&&
e.nodes[i?r.to:r.from].name}return e.nodes[(s+(i?1:e.nodes.length-1))%e.nodes.length].name}function Un(e,n){let o=Math.min(1,(n.width-40)/e.width,(n.height-40)/
e.height);return{scale:o,x:(n.width-e.width*o)/2,y:(n.height-e.height*o)/2}}function qe(e,n,o,s){let i=Math.min(3,Math.max(.01,e.scale*n));e.x=o-(o-e.x)*i/e.scale,
e.y=s-(s-e.y)*i/e.scale,e.scale=i}function Wn(e,n,o,s,i){let[r,a]=[(s-o.x)/o.scale,(i-o.y)/o.scale];for(let l=0;l<n;l++)if(r>=e.x[l]&&r<=e.x[l]+190&&a>=e.y[l]&&
a<=e.y[l]+44)return l}var oe=.25,Fn=.6;function Hn(e,n,o,s,i,r,a){let l=devicePixelRatio||1,[d,m]=[e.clientWidth,e.clientHeight];e.width=d*l,e.height=m*l;let u=e.
getContext("2d"),y=getComputedStyle(e),h=A=>y.getPropertyValue(`--${A}`).trim();u.setTransform(l*r.scale,0,0,l*r.scale,l*r.x,l*r.y);let[c,_]=[-r.x/r.scale,-r.y/
r.scale],[g,k]=[c+d/r.scale,_+m/r.scale],v=A=>s.x[A]>g||s.x[A]+190<c||s.y[A]>k||s.y[A]+44<_,f=Math.max(1,1/r.scale),w=new Map;o.forEach((A,q)=>{let[S,M]=[s.x[A.
from]+190,s.y[A.from]+44/2],[N,$]=[s.x[A.to],s.y[A.to]+44/2];if(Math.max(S,N)<c||Math.min(S,N)>g||Math.max(M,$)<_||Math.min(M,$)>k)return;let ot=i.has(n.nodes[A.
from].name)&&i.has(n.nodes[A.to].name),rt=`${A.on} ${ot?1:0}`,Z=w.get(rt);if(Z||w.set(rt,Z=new Path2D),Z.moveTo(S,M),r.scale<oe)Z.lineTo(N,$);else if(s.back[q])
Z.bezierCurveTo(S+60,M+70,N-60,$+70,N,$);else{let ue=Math.max(30,(N-S)/2);Z.bezierCurveTo(S+ue,M,N-ue,$,N,$)}r.scale>=oe&&(Z.moveTo(N-7,$-4),Z.lineTo(N,$),Z.lineTo(
N-7,$+4))});for(let[A,q]of w){let[S,M]=A.split(" ");u.strokeStyle=h(S==="error"?"error":"muted"),u.globalAlpha=M==="1"?1:.45,u.lineWidth=M==="1"?f*1.6:f,u.setLineDash(
S==="error"?[6,4]:S==="skip"?[2,3]:[]),u.stroke(q)}u.globalAlpha=1,u.setLineDash([]);let[x,p,T]=[h("panel"),h("back"),h("ink")],R=new Map;u.textBaseline="middle";
for(let A=0;A<n.nodes.length;A++){if(v(A))continue;let q=n.nodes[A],S=i.get(q.name),M=S?nt(S.state).colour:"muted",N=R.get(M);N||R.set(M,N=h(M));let[$,ot]=[s.x[A],
s.y[A]];if(r.scale<oe){u.fillStyle=S?N:x,u.fillRect($,ot,190,44),u.strokeStyle=q.name===a?T:N,u.lineWidth=q.name===a?4*f:f,u.strokeRect($,ot,190,44);continue}u.
beginPath(),u.roundRect($,ot,190,44,6),u.fillStyle=S?x:p,u.fill(),u.strokeStyle=N,u.lineWidth=q.name===a?4:S?2:1.2,u.setLineDash(S?[]:[5,4]),u.stroke(),u.setLineDash(
[]);let rt=r.scale>=Fn;if(u.fillStyle=N,u.font="14px system-ui",u.fillText(S?nt(S.state).sign:"\u25CB",$+10,ot+(rt?15:22)),u.fillStyle=T,u.font=rt?"600 13px sys\
tem-ui":"600 16px system-ui",u.fillText(Ke(q.name,rt?20:16),$+28,ot+(rt?15:22)),!rt)continue;u.fillStyle=h("muted"),u.font="11px system-ui";let Z=S&&S.runs>1?` \
\xD7${S.runs}`:"";u.fillText(Ke(S?`${S.note}${Z}`:q.calls,28),$+10,ot+32)}}var Ke=(e,n)=>e.length>n?`${e.slice(0,n-1)}\u2026`:e;var re=26,Vn=22;function Be({timeline:e,rows:n,task:o}){let[s,i]=b("begun"),[r,a]=b(!1),[l,d]=b(1),[m,u]=b(0),y=e.now_us-e.execution.created_us,h=f=>f.finished_us??
y,c=B(()=>Math.max(1,...Gn(n.map(h))),[n,y]),_=B(()=>jn(n),[n]),g=B(()=>{let f=n.filter(w=>!r||w.state!=="SUCCESS");return s==="took"&&f.sort((w,x)=>h(x)-se(x)-
(h(w)-se(w))),s==="failed"&&f.sort((w,x)=>+(x.state==="ERROR")-+(w.state==="ERROR")||w.created_us-x.created_us),f},[n,s,r]);if(!n.length)return t(H,{children:t(
"p",{children:"No task has been made yet."})});let k=Math.max(0,Math.floor(m/re)-4),v=f=>`${f/c*100}%`;return t("div",{class:"timeline",children:[t("div",{class:"\
filters",children:[t("label",{children:["Order ",t("select",{value:s,onChange:f=>i(f.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),
t("option",{value:"took",children:"longest first"}),t("option",{value:"failed",children:"failed first"})]})]}),t("label",{children:[t("input",{type:"checkbox",checked:r,
onChange:f=>a(f.currentTarget.checked)})," hide SUCCESS"]}),t("button",{onClick:()=>d(Math.min(64,l*2)),"aria-label":"Stretch the time",children:"+"}),t("button",
{onClick:()=>d(Math.max(1,l/2)),"aria-label":"Squeeze the time",children:"\u2212"}),t("span",{class:"muted",children:[Y(c)," in all \xB7 outlined: the critical pat\
h, ",_.size," tasks"]})]}),t("div",{class:"window",tabIndex:0,"aria-label":"Time line",onScroll:f=>u(f.currentTarget.scrollTop),children:t("div",{class:"bars",style:{
height:`${g.length*re}px`,width:`${l*100}%`},children:g.slice(k,k+Vn+8).map((f,w)=>{let[x,p]=[se(f),h(f)],T=`${f.name}, ${f.state}: waited ${Y(x-f.created_us)},\
 ran ${Y(p-x)}`;return t("button",{class:`bar-row${f.name===o?" chosen":""}`,style:{top:`${(k+w)*re}px`},title:T,"aria-label":T,onClick:()=>L({task:f.name,run:f.
id}),children:[t("span",{class:"bar-name",children:[t("span",{class:`state-${nt(f.state).colour}`,"aria-hidden":"true",children:nt(f.state).sign})," ",f.name]}),
t("span",{class:"bar-space",children:[t("span",{class:"bar-wait",style:{left:v(f.created_us),width:v(x-f.created_us)}}),t("span",{class:`bar bar-${nt(f.state).colour}${_.
has(f.id)?" critical":""}`,style:{left:v(x),width:v(p-x)}})]})]},f.id)})})})]})}var se=e=>e.started_us??e.created_us;function Gn(e){let n=[];for(let o=0;o<e.length;o+=
1e4)n.push(Math.max(...e.slice(o,o+1e4)));return n}function jn(e){let n=new Map(e.map(r=>[r.id,r])),o=r=>r.finished_us??1/0,s;for(let r of e)(!s||o(r)>=o(s))&&(s=
r);let i=new Set;for(;s&&!i.has(s.id);)i.add(s.id),s=s.by?n.get(s.by):void 0;return i}function qn(e){let n=Wt(e.interface);return(Array.isArray(n?.input)?n.input:[]).flatMap(s=>typeof s=="string"?[{name:s,text:"",isRequired:!0}]:Object.entries(s).
map(([i,r])=>({name:i,text:JSON.stringify(r),isRequired:!1})))}function ze(e){try{return JSON.parse(e)}catch{return e}}function St({workflow:e,name:n,input:o,close:s}){
let i=I(`/v2/workflows/${C(e)}`);return t(Tt,{title:`Run ${n}`,close:s,children:[t(P,{of:i,children:r=>t(Kn,{definition:r,input:o,close:s})}),!i.data&&t("div",{
class:"buttons",children:t("button",{onClick:s,children:"Close"})})]})}function Kn({definition:e,input:n,close:o}){let s=Wt(n)??{},[i,r]=b(()=>qn(e).map(g=>g.name in
s?{...g,text:JSON.stringify(s[g.name])}:g)),[a,l]=b(""),[d,m]=b(""),[u,y]=b(),[h,c]=b(!1),_=async g=>{g.preventDefault(),c(!0),y(void 0);let k=i.filter(f=>f.text!==
"").map(f=>[f.name,ze(f.text)]),v={workflow_id:e.id,input:Object.fromEntries(k),description:a};d&&(v.params={env:ze(d)});try{let f=await V("/v2/executions",{method:"\
POST",json:v});o(),z(`/executions/${C(f.id)}`)}catch(f){y(f),c(!1)}};return t("form",{onSubmit:_,onKeyDown:g=>{g.key==="Enter"&&(g.metaKey||g.ctrlKey)&&_(g)},children:[
!i.length&&t("p",{class:"muted",children:"This workflow takes no input."}),i.map((g,k)=>t("label",{class:"block",children:[g.name," ",g.isRequired&&t("span",{class:"\
muted",children:"required"}),t("textarea",{rows:1,required:g.isRequired,value:g.text,placeholder:"text or JSON",onInput:v=>r(i.map((f,w)=>w===k?{...f,text:v.currentTarget.
value}:f))})]},g.name)),t("label",{class:"block",children:["Environment ",t("span",{class:"muted",children:"name or JSON"}),t("input",{value:d,onInput:g=>m(g.currentTarget.
value)})]}),t("label",{class:"block",children:["Description",t("input",{value:a,onInput:g=>l(g.currentTarget.value)})]}),u&&t(gt,{error:u}),t("div",{class:"butt\
ons",children:[t("button",{class:"primary",disabled:h,children:"Run"}),t("button",{type:"button",onClick:o,children:"Leave it"})]})]})}var ie=34,Bn=16,ae=e=>(e.finished_us??1/0)-(e.started_us??e.created_us);function Je({rows:e,truncated:n,only:o,again:s}){let{query:i}=G(),[r,a]=b(""),[l,d]=b("b\
egun"),[m,u]=b(0),y=i.get("state")??"",h=i.get("task")??void 0,c=i.get("run")??void 0,_=B(()=>{let p=e.filter(T=>(!r||T.name.includes(r))&&(!y||T.state===y));return l===
"took"&&p.sort((T,R)=>ae(R)-ae(T)||T.created_us-R.created_us),l==="name"&&p.sort((T,R)=>T.name.localeCompare(R.name)),l==="state"&&p.sort((T,R)=>T.state.localeCompare(
R.state)),p},[e,r,y,l]),g=e.filter(p=>p.name===h),k=g.find(p=>p.id===c)??g[g.length-1],v=k&&t(zn,{row:k,runs:g,again:s},k.id);if(o!==void 0)return v??t("p",{class:"\
muted",children:[o," has not run."]});let f=[...new Set(e.map(p=>p.state))],w=Math.max(0,Math.floor(m/ie)-4),x=_.slice(w,w+Bn+8);return t(E,{children:[t("div",{
class:"filters",children:[t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:r,onInput:p=>a(p.currentTarget.value)})]}),t("label",{children:[
"State ",t("select",{value:y,onChange:p=>L({state:p.currentTarget.value}),children:[t("option",{value:"",children:"all"}),f.map(p=>t("option",{children:p}))]})]}),
t("label",{children:["Order ",t("select",{value:l,onChange:p=>d(p.currentTarget.value),children:[t("option",{value:"begun",children:"creation"}),t("option",{value:"\
took",children:"longest first"}),t("option",{value:"name",children:"name"}),t("option",{value:"state",children:"state"})]})]}),t("span",{class:"muted",children:[
_.length.toLocaleString("en")," of ",e.length.toLocaleString("en"),n?"; the run has more, which are left out":""]})]}),_.length===0&&t(H,{children:t("p",{children:e.
length?"No task matches.":"No task has been made yet."})}),_.length>0&&t("div",{class:"window",tabIndex:0,"aria-label":"Tasks",onScroll:p=>u(p.currentTarget.scrollTop),
children:t("table",{"aria-rowcount":_.length,children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Task"}),t("th",{children:"\
Began"}),t("th",{children:"Took"}),t("th",{children:"Attempts"})]})}),t("tbody",{children:[t("tr",{"aria-hidden":"true",style:{height:`${w*ie}px`}}),x.map((p,T)=>t(
"tr",{class:p.name===h?"chosen":void 0,"aria-rowindex":w+T+1,children:[t("td",{children:t(X,{state:p.state})}),t("td",{children:t("button",{class:"link",onClick:()=>L(
{task:p.name,run:p.id}),children:p.name})}),t("td",{children:Y(p.started_us??p.created_us).replace(/^\d/,"+$&")}),t("td",{children:p.finished_us===null?"\u2013":
Y(ae(p))}),t("td",{children:[p.attempts,p.items!==null&&` \xB7 ${p.items} items`]})]},p.id)),t("tr",{"aria-hidden":"true",style:{height:`${Math.max(0,_.length-w-
x.length)*ie}px`}})]})]})}),v]})}function zn({row:e,runs:n,again:o}){let[s,i]=b(),r=`/v2/tasks/${C(e.id)}`,a=I(`${r}?fields=id,name,state,state_info,result,publ\
ished,type,created_at`,e.finished_us===null?3e3:0),l=async()=>{await V(r,{method:"PUT",json:s==="RUNNING"?{state:"RUNNING",reset:!0}:{state:"SKIPPED"}}),o(),a.again()};
return t("section",{class:"panel","aria-label":`Task ${e.name}`,children:[t("div",{class:"title",children:[t("h2",{children:e.name})," ",t(X,{state:e.state}),e.
state==="ERROR"&&t(E,{children:[t("button",{onClick:()=>i("RUNNING"),children:"Run it again\u2026"}),t("button",{onClick:()=>i("SKIPPED"),children:"Skip it\u2026"})]}),
t("button",{onClick:()=>L({task:void 0,run:void 0}),children:"Close"})]}),n.length>1&&t("p",{class:"facts",children:["Runs: ",n.slice(-20).map((d,m)=>t(E,{children:[
t("button",{class:"small","aria-pressed":d.id===e.id,onClick:()=>L({run:d.id}),children:[m+1+Math.max(0,n.length-20)," ",t(X,{state:d.state})]})," "]}))]}),t(P,
{of:a,children:d=>t(E,{children:[d.state_info&&t("pre",{class:"info",children:d.state_info}),t("div",{class:"columns",children:[t(Q,{title:"Result",value:d.result}),
t(Q,{title:"Published",value:d.published})]}),d.type==="WORKFLOW"?t(Xn,{path:r}):t(Jn,{path:r})]})}),s&&t(et,{title:s==="RUNNING"?`Run ${e.name} again?`:`Skip ${e.
name}?`,label:s==="RUNNING"?"Run it again":"Skip it",act:l,close:()=>i(void 0),children:t("p",{children:s==="RUNNING"?"The run goes on from here, with all items\
 of the task.":"The run goes on with what follows when it is skipped."})})]})}var Ht=50;function Jn({path:e}){let n=I(`${e}/action_executions?limit=${Ht}&includ\
e_output=true`);return t(P,{of:n,children:o=>t(E,{children:[t("h3",{children:"Actions"}),o.action_executions.map(s=>t("details",{class:"call",children:[t("summa\
ry",{children:[t(X,{state:s.state})," ",s.name," ",t(J,{time:j(s.created_at)})," ",t("code",{children:s.id})]}),s.state_info&&t("pre",{class:"info",children:s.state_info}),
t("div",{class:"columns",children:[t(Q,{title:"Input",value:s.input}),t(Q,{title:"Output",value:s.output})]})]},s.id)),o.next&&t("p",{class:"muted",children:["O\
nly the first ",Ht," are shown."]}),!o.action_executions.length&&t("p",{class:"muted",children:"No action has been called."})]})})}function Xn({path:e}){let n=I(
`${e}/workflow_executions?limit=${Ht}`);return t(P,{of:n,children:o=>t(E,{children:[t("h3",{children:"Sub-workflows"}),t("ul",{children:o.executions.map(s=>t("l\
i",{children:[t(X,{state:s.state})," ",t("a",{href:O(`/executions/${C(s.id)}`),children:s.workflow_name})," ",t("code",{children:s.id})]},s.id))}),o.next&&t("p",
{class:"muted",children:["Only the first ",Ht," are shown."]})]})})}var Xe=10;function Ze({base:e,isOpen:n,select:o}){let s=I(`${e}/why`,n?3e3:0),i=n?"Why it has not finished":"Why it failed",[r,a]=b();return t(P,{of:s,children:l=>t(
"section",{class:"why","aria-label":i,children:[t("h2",{children:i}),t("p",{children:l.summary}),t("ul",{children:l.reasons.slice(0,Xe).map(d=>t("li",{children:[
d.message," ",d.task_name&&t("button",{class:"small",onClick:()=>o(d.task_name),children:["Look at ",d.task_name]})," ",d.kind==="action_waiting_for_completion"&&
d.action_execution_id&&t("button",{class:"small",onClick:()=>a(d),children:"Complete\u2026"})]},`${d.kind} ${d.action_execution_id} ${d.task_name}`))}),(l.reasons.
length>Xe||l.truncated)&&t("p",{class:"muted",children:"There are more reasons."}),r&&t(Zn,{reason:r,close:()=>a(void 0),again:s.again})]})})}function Zn({reason:e,
close:n,again:o}){let[s,i]=b("SUCCESS"),[r,a]=b("null"),l=async()=>{let d={state:s,output:JSON.parse(r)};await V(`/v2/action_executions/${C(e.action_execution_id)}`,
{method:"PUT",json:d}),o()};return t(et,{title:`Complete the action of ${e.task_name}`,label:"Complete",act:l,close:n,children:[t("label",{children:["State ",t(
"select",{value:s,onChange:d=>i(d.currentTarget.value),children:[t("option",{children:"SUCCESS"}),t("option",{children:"ERROR"})]})]}),t("label",{class:"block",
children:["Result, JSON",t("textarea",{rows:5,value:r,onInput:d=>a(d.currentTarget.value)})]})]})}var Yn=[["graph","Graph"],["time","Time line"],["tasks","Tasks"],["data","Data"],["tree","Tree"]];function Ye({id:e}){let n=`/v2/executions/${C(e)}`,[o,s]=b(!1),
i=I(n,o?1e4:2e3),r=i.data?.state,a=r!==void 0&&pt(r);return a!==o&&s(a),t(P,{of:i,children:l=>t(Qn,{execution:l,base:n,again:i.again})})}function Qn({execution:e,
base:n,again:o}){let{query:s}=G(),i=s.get("view")??"graph",r=s.get("task")??void 0,a=!pt(e.state),l=I(i==="data"||i==="tree"?void 0:`${n}/timeline`,a?2e3:1e4),d=B(
()=>l.data?to(l.data):[],[l.data]),m=e.root_execution_id;return t(E,{children:[t("div",{class:"title",children:[t("h1",{children:e.workflow_name})," ",t(X,{state:e.
state}),t("code",{children:e.id})," ",t(Et,{text:e.id,label:"Copy id"})]}),t("p",{class:"facts",children:["started ",t(J,{time:j(e.created_at)}),a?"":t(E,{children:[
" \xB7 ended ",t(J,{time:j(e.updated_at)})]}),e.description&&t(E,{children:[" \xB7 ",e.description]}),m&&t(E,{children:[" \xB7 part of ",t("a",{href:O(`/executi\
ons/${C(m)}`),children:"the run that started it"})]})," \xB7 ",t("a",{href:O(`/workflows/${C(e.workflow_id)}`),children:"definition"})," \xB7 ",t("a",{href:O(`/\
executions?workflow_name=${C(e.workflow_name)}`),children:"other runs"})]}),t(ro,{execution:e,base:n,again:o}),e.state_info&&t("div",{class:`info state-${e.state===
"ERROR"?"error":"idle"}`,children:t("pre",{children:e.state_info})}),(a||e.state==="ERROR")&&t(Ze,{isOpen:a,base:n,select:u=>L({task:u})}),t("div",{class:"tabs",
role:"tablist",children:Yn.map(([u,y])=>t("button",{role:"tab","aria-selected":i===u,onClick:()=>L({view:u}),children:y}))}),i==="data"&&t(no,{execution:e}),i===
"tree"&&t(oo,{base:n,id:e.id}),i==="graph"&&t(eo,{base:n,rows:d,task:r}),i==="time"&&t(P,{of:l,children:u=>t(Be,{timeline:u,rows:d,task:r})}),(i==="tasks"||r&&i!==
"data"&&i!=="tree")&&t(P,{of:l,children:u=>t(Je,{rows:d,truncated:u.truncated,only:i==="tasks"?void 0:r,again:()=>{o(),l.again()}})})]})}function to(e){return e.
rows.map(n=>Object.fromEntries(e.columns.map((o,s)=>[o,n[s]])))}function eo({base:e,rows:n,task:o}){let s=I(`${e}/graph`),i=B(()=>{let r=new Map;for(let a of n){
let l=a.finished_us??void 0,d=l!==void 0?Y(l-(a.started_us??a.created_us)):a.state.toLowerCase(),m=a.items!==null?` \xB7 ${a.items} items`:"",u=`${d}${a.attempts>
1?` \xB7 attempt ${a.attempts}`:""}${m}`;r.set(a.name,{state:a.state,runs:(r.get(a.name)?.runs??0)+1,note:u})}return r},[n]);return t(P,{of:s,children:r=>t(Ft,{
graph:r,states:i,selected:o,onSelect:a=>L({task:a})})})}function no({execution:e}){let n=I(`/v2/executions/${C(e.id)}`);return t(P,{of:n,children:o=>t("div",{class:"\
columns",children:[t(Q,{title:"Input",value:o.input}),t(Q,{title:"Output",value:o.output}),t(Q,{title:"Parameters",value:o.params})]})})}function oo({base:e,id:n}){
let o=I(`${e}/executions?max_depth=10`,5e3);return t(P,{of:o,children:s=>{let i=s.executions.filter(r=>r.id!==n);return i.length?t("div",{class:"scroll",children:[
t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"State"}),t("th",{children:"Workflow"}),t("th",{children:"Created"}),t("th",{children:"\
Id"})]})}),t("tbody",{children:i.slice(0,1e3).map(r=>t("tr",{children:[t("td",{children:t(X,{state:r.state})}),t("td",{children:t("a",{href:O(`/executions/${C(r.
id)}`),children:r.workflow_name})}),t("td",{children:t(J,{time:j(r.created_at)})}),t("td",{children:t("code",{children:r.id})})]}))})]}),i.length>1e3&&t("p",{class:"\
muted",children:[i.length-1e3," more are not shown."]})]}):t(H,{children:t("p",{children:"This run has started no other workflows."})})}})}function ro({execution:e,
base:n,again:o}){let[s,i]=b(),[r,a]=b(!1),{state:l}=e,d=async _=>{_.state?await V(n,{method:"PUT",json:{state:_.state}}):(await V(`${n}${pt(l)?"":"?force=true"}`,
{method:"DELETE"}),z("/executions")),o()},m={title:"Pause this run?",text:"Actions that are running go on to their end; nothing new begins.",label:"Pause",state:"\
PAUSED"},u={title:"Resume this run?",text:"It goes on where it was stopped; failed tasks run again.",label:"Resume",state:"RUNNING"},y={title:"Cancel this run?",
text:"It ends as CANCELLED, with everything that it has started.",label:"Cancel the run",state:"CANCELLED"},h={title:"Delete this run?",text:"It and everything \
below it are gone for good.",label:"Delete"},c=[l==="RUNNING"&&m,["PAUSED","ERROR"].includes(l)&&u,!pt(l)&&y].filter(Boolean);return t("div",{class:"buttons",children:[
c.map(_=>t("button",{onClick:()=>i(_),children:[_.label,"\u2026"]})),t("button",{onClick:()=>a(!0),children:"Run again\u2026"}),t("button",{onClick:()=>i(h),children:"\
Delete\u2026"}),s&&t(et,{title:s.title,label:s.label,act:()=>d(s),close:()=>i(void 0),children:t("p",{children:s.text})}),r&&t(St,{workflow:e.workflow_id,name:e.
workflow_name,input:e.input,close:()=>a(!1)})]})}var so=`version: '2.0'

greet:
  input: [name: Mistral]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
      on-success: [pause_a_moment]
    pause_a_moment:
      action: std.sleep seconds=2
`,io=new Map;function tn(){let{query:e}=G(),[n,o]=b(e.get("q")??""),s=I(`/v2/workflows${mt({fields:"id,name,namespace,input,scope,tags,created_at,updated_at",limit:1e3,
sort_keys:"name",sort_dirs:"asc"})}`),[i,r]=b();return t(E,{children:[t("div",{class:"title",children:[t("h1",{children:"Workflows"}),t("a",{class:"button",href:O(
"/workflows/new/edit"),children:"Upload\u2026"})]}),t(P,{of:s,children:a=>{let l=a.workflows.filter(d=>d.name.includes(n)||(d.tags??[]).some(m=>m.includes(n)));
return a.workflows.length?t(E,{children:[t("div",{class:"filters",children:[t("label",{children:["Name or tag contains ",t("input",{"data-filter":!0,value:n,onInput:d=>{
o(d.currentTarget.value),L({q:d.currentTarget.value},!0)}})]}),a.next&&t("span",{class:"muted",children:"The first 1,000 by name are searched."})]}),t("div",{class:"\
scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Namespace"}),t("th",{children:"Input"}),
t("th",{children:"Tags"}),t("th",{children:"Changed"}),t("th",{children:t("span",{class:"hidden",children:"What to do"})})]})}),t("tbody",{children:l.map(d=>t("\
tr",{children:[t("td",{children:t("a",{class:"row",href:O(`/workflows/${C(d.id)}`),children:d.name})}),t("td",{children:d.namespace}),t("td",{class:"wide",children:t(
"code",{children:d.input})}),t("td",{children:(d.tags??[]).join(", ")}),t("td",{class:"nowrap",children:t(J,{time:j(d.updated_at??d.created_at)})}),t("td",{children:t(
"button",{onClick:()=>r(d),"aria-label":`Run ${d.name}`,children:"Run\u2026"})})]},d.id))})]})}),!l.length&&t(H,{children:t("p",{children:["No name or tag conta\
ins \u201C",n,"\u201D."]})})]}):t(H,{children:[t("p",{children:"No workflow has been uploaded yet."}),t("p",{children:[t("a",{href:O("/workflows/new/edit"),children:"\
Upload the first one"}),": an example is there to begin with."]})]})}}),i&&t(St,{workflow:i.id,name:i.name,close:()=>r(void 0)})]})}function en({id:e}){let n=I(
`/v2/workflows/${C(e)}`);return t(P,{of:n,children:o=>t(ao,{workflow:o})})}function ao({workflow:e}){let{query:n}=G(),o=I(`/v2/workflows/${C(e.id)}/graph`),[s,i]=b(),
r=()=>i(void 0),a=async()=>{await V(`/v2/workflows/${C(e.id)}`,{method:"DELETE"}),z("/workflows")};return t(E,{children:[t("div",{class:"title",children:[t("h1",
{children:e.name}),e.namespace&&t("span",{class:"muted",children:["in ",e.namespace]}),t("code",{children:e.id})]}),t("div",{class:"buttons",children:[t("button",
{class:"primary",onClick:()=>i("run"),children:"Run\u2026"}),t("a",{class:"button",href:O(`/workflows/${C(e.id)}/edit`),children:"Edit"}),t("a",{class:"button",
href:O(`/executions?workflow_name=${C(e.name)}`),children:"Its runs"}),t("button",{onClick:()=>i("delete"),children:"Delete\u2026"})]}),t(P,{of:o,children:l=>t(
Ft,{graph:l,states:io,selected:n.get("task")??void 0,onSelect:d=>L({task:d})})}),t("section",{class:"data",children:[t("h2",{children:["Definition ",t(Et,{text:e.
definition})]}),t("pre",{class:"source",tabIndex:0,children:e.definition})]}),s==="run"&&t(St,{workflow:e.id,name:e.name,close:r}),s==="delete"&&t(et,{title:`De\
lete ${e.name}?`,label:"Delete",act:a,close:r,children:t("p",{children:"Runs that have begun go on; new ones cannot begin."})})]})}function nn({id:e}){let n=e===
"new",o=I(n?void 0:`/v2/workflows/${C(e)}`);return n?t(Qe,{text:so}):t(P,{of:o,children:s=>t(Qe,{text:s.definition,namespace:s.namespace,workflow:s})})}function Qe({
text:e,namespace:n,workflow:o}){let[s,i]=b(e),[r,a]=b(),[l,d]=b(),m=async c=>{d(void 0);try{await c()}catch(_){d(_)}},u=()=>m(async()=>{let c=await V("/v2/workf\
lows/validate",{method:"POST",text:s});a({isValid:c.valid,message:c.valid?"The document is valid.":c.error??"The document is not valid."})}),y=()=>m(async()=>{let c=await V(
`/v2/workflows${mt({namespace:n})}`,{method:o?"PUT":"POST",text:s});z(`/workflows/${C(c.workflows[0].id)}`)}),h=c=>{(c.metaKey||c.ctrlKey)&&c.key==="s"&&(c.preventDefault(),
u())};return t(E,{children:[t("div",{class:"title",children:t("h1",{children:o?`Edit ${o.name}`:"Upload workflows"})}),t("label",{class:"block",children:["Docum\
ent",t("textarea",{class:"editor",spellcheck:!1,value:s,onKeyDown:h,onInput:c=>{i(c.currentTarget.value),a(void 0)}})]}),t("div",{class:"buttons",children:[t("b\
utton",{onClick:u,children:"Validate (Ctrl S)"}),t("button",{class:"primary",onClick:y,children:o?"Save":"Upload"}),t("a",{class:"button",href:O(o?`/workflows/${C(
o.id)}`:"/workflows"),children:"Leave it"})]}),r&&t("p",{role:"status",class:r.isValid?"state-success":"state-error",children:[r.isValid?"\u25CF ":"\u2716 ",r.message]}),
l&&t(gt,{error:l})]})}function on(){let{query:e}=G(),n=e.get("q")??"",o=I(`/v2/actions${mt({limit:1e3,sort_keys:"name",sort_dirs:"asc"})}`);return t(E,{children:[t("div",{class:"titl\
e",children:t("h1",{children:"Actions"})}),t("div",{class:"filters",children:t("label",{children:["Name contains ",t("input",{"data-filter":!0,value:n,onInput:s=>L(
{q:s.currentTarget.value},!0)})]})}),t(P,{of:o,children:s=>{let i=s.actions.filter(r=>r.name.includes(n));return i.length?t("div",{class:"scroll",children:[t("t\
able",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Made by"}),t("th",{children:"Parameters"}),t("th",{children:"\
Description"})]})}),t("tbody",{children:i.map(r=>t("tr",{children:[t("td",{children:t("strong",{children:r.name})}),t("td",{children:r.is_system?"the service":"\
users"}),t("td",{class:"wide",children:t("code",{children:r.input})}),t("td",{class:"wide",children:(r.description??"").slice(0,300)})]},r.id))})]}),s.next&&t("\
p",{class:"muted",children:"Only the first 1,000 are shown."})]}):t(H,{children:t("p",{children:n?`No action's name contains \u201C${n}\u201D.`:"There are no ac\
tions."})})}})]})}function rn(){let e=I("/v2/cron_triggers?limit=1000",1e4),n=I("/v2/event_triggers?limit=1000"),[o,s]=b();return t(E,{children:[t("div",{class:"\
title",children:t("h1",{children:"Triggers"})}),t("h2",{children:"By the clock"}),t(P,{of:e,children:i=>i.cron_triggers.length?t("div",{class:"scroll",children:t(
"table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Pattern (UTC)"}),t("th",{children:"Workflow"}),t("th",{children:"\
Next"}),t("th",{children:"Left"}),t("th",{children:t("span",{class:"hidden",children:"What to do"})})]})}),t("tbody",{children:i.cron_triggers.map(r=>t("tr",{children:[
t("td",{children:r.name}),t("td",{children:t("code",{children:r.pattern??"once"})}),t("td",{children:t("a",{href:O(`/workflows/${C(r.workflow_id)}`),children:r.
workflow_name})}),t("td",{class:"nowrap",children:t(J,{time:j(r.next_execution_time)})}),t("td",{children:r.remaining_executions??"\u221E"}),t("td",{children:t(
"button",{onClick:()=>s(r),"aria-label":`Delete ${r.name}`,children:"Delete\u2026"})})]},r.id))})]})}):t(H,{children:t("p",{children:["A cron trigger starts a w\
orkflow again and again. None has been made: see ",t("code",{children:"POST /v2/cron_triggers"}),"."]})})}),t("h2",{children:"By events"}),t(P,{of:n,children:i=>i.
event_triggers.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"Name"}),t("th",{children:"Ev\
ent"}),t("th",{children:"Exchange"}),t("th",{children:"Topic"}),t("th",{children:"Workflow"})]})}),t("tbody",{children:i.event_triggers.map(r=>t("tr",{children:[
t("td",{children:r.name}),t("td",{children:r.event}),t("td",{children:r.exchange}),t("td",{children:r.topic}),t("td",{children:t("a",{href:O(`/workflows/${C(r.workflow_id)}`),
children:r.workflow_id})})]},r.id))})]})}):t(H,{children:t("p",{children:"An event trigger starts a workflow when a notification arrives. None has been made."})})}),
o&&t(et,{title:`Delete ${o.name}?`,label:"Delete",close:()=>s(void 0),act:async()=>{await V(`/v2/cron_triggers/${C(o.name)}`,{method:"DELETE"}),e.again()},children:t(
"p",{children:["It will not start ",o.workflow_name," any more; runs that have begun go on."]})})]})}function sn(){let{query:e}=G(),n=e.get("name")??void 0,o=I(
"/v2/environments?limit=1000"),s=I(n===void 0?void 0:`/v2/environments/${C(n)}`);return t(E,{children:[t("div",{class:"title",children:t("h1",{children:"Environ\
ments"})}),t(P,{of:o,children:i=>i.environments.length?t("div",{class:"scroll",children:t("table",{children:[t("thead",{children:t("tr",{children:[t("th",{children:"\
Name"}),t("th",{children:"Description"}),t("th",{children:"Scope"}),t("th",{children:"Changed"})]})}),t("tbody",{children:i.environments.map(r=>t("tr",{class:r.
name===n?"chosen":void 0,children:[t("td",{children:t("button",{class:"link",onClick:()=>L({name:r.name}),children:r.name})}),t("td",{class:"wide",children:r.description??
""}),t("td",{children:r.scope}),t("td",{class:"nowrap",children:t(J,{time:j(r.updated_at??r.created_at)})})]},r.id))})]})}):t(H,{children:t("p",{children:["An e\
nvironment holds variables that runs share. None has been made: see ",t("code",{children:"POST /v2/environments"}),"."]})})}),n!==void 0&&t(P,{of:s,children:i=>t(
Q,{title:`Variables of ${n}`,value:i.variables})})]})}var le=[["executions","Executions","e"],["workflows","Workflows","w"],["actions","Actions","a"],["triggers","Triggers","t"],["environments","Environments","v"]],
lo=[["g e, g w, g a, g t, g v","go to a page"],["/","filter"],["j k","next and previous row; Enter opens"],["t","local time or UTC"],["y","copy the link to this\
 view"],["f + \u2212","graph: fit, zoom"],["arrows, n N","graph: along the edges, failed tasks"],["?","these keys"]],co=1e3;function uo(e){let n=K(0);F(()=>{let o=s=>{
if(s.ctrlKey||s.metaKey||s.altKey||s.target.closest("input, textarea, select, dialog"))return;let i=Date.now()-n.current<co;n.current=s.key==="g"?Date.now():0;let r=i&&
le.find(([,,a])=>a===s.key);if(r)z(`/${r[0]}`);else if(s.key==="/")document.querySelector("[data-filter]")?.focus();else if(s.key==="?")e();else if(s.key==="t")
ee(lt.get()==="UTC"?"local":"UTC");else if(s.key==="y")navigator.clipboard?.writeText(location.href);else return;s.preventDefault()};return addEventListener("ke\
ydown",o),()=>removeEventListener("keydown",o)},[])}function fo(){let{path:e}=G(),[n,o,s]=e;return n===void 0||n==="executions"&&o===void 0?t(je,{}):n==="execut\
ions"&&s===void 0?t(Ye,{id:o},o):n==="workflows"&&o===void 0?t(tn,{}):n==="workflows"&&s===void 0?t(en,{id:o},o):n==="workflows"&&s==="edit"?t(nn,{id:o},o):n===
"actions"&&o===void 0?t(on,{}):n==="triggers"&&o===void 0?t(rn,{}):n==="environments"&&o===void 0?t(sn,{}):t(H,{children:[t("h1",{children:"There is no such pag\
e"}),t("p",{children:t("a",{href:O("/executions"),children:"Go to the executions"})})]})}var ce=class extends ht{state={};componentDidCatch(n){this.setState({error:n})}render(){
let{error:n}=this.state;return n?t("div",{class:"failure",role:"alert",children:[t("p",{children:[t("strong",{children:"This page has failed."})," ",n.message]}),
t("button",{onClick:()=>location.reload(),children:"Load it again"})]}):this.props.children}};function po(){let e=G(),n=We(),[o,s]=b(!1),[i,r]=[vt.use(),lt.use()];
uo(()=>s(!0));let a=e.path[0]??"executions";return F(()=>{document.title=`${e.path[1]??le.find(([l])=>l===a)?.[1]??"Mistral"} \u2013 Mistral`}),t(E,{children:[t(
"a",{class:"skip",href:"#main",onClick:l=>{l.preventDefault(),document.getElementById("main")?.focus()},children:"To the content"}),t("header",{children:[t("str\
ong",{class:"brand",children:"Mistral"}),t("nav",{"aria-label":"Pages",children:le.map(([l,d])=>t("a",{href:O(`/${l}`),"aria-current":a===l?"page":void 0,children:d}))}),
t("span",{class:"settings",children:[t("span",{role:"status",class:n===void 0?"state-success":"state-error",children:n===void 0?"\u25CF connected":`\u2716 no answer \
since ${xt(n)}`}),t("label",{children:[t("span",{class:"hidden",children:"Time zone"}),t("select",{value:r,onChange:l=>ee(l.currentTarget.value),children:[t("op\
tion",{value:"local",children:"local time"}),t("option",{children:"UTC"})]})]}),t("label",{children:[t("span",{class:"hidden",children:"Theme"}),t("select",{value:i,
onChange:l=>Ue(l.currentTarget.value),children:[t("option",{value:"system",children:"system"}),t("option",{children:"light"}),t("option",{children:"dark"})]})]}),
t("button",{onClick:()=>s(!0),"aria-label":"Keys",children:"?"})]})]}),t("main",{id:"main",tabIndex:-1,children:t(ce,{children:t(fo,{})},e.path.join("/"))}),o&&
t(Tt,{title:"Keys",close:()=>s(!1),children:[t("dl",{class:"keys",children:lo.map(([l,d])=>t("div",{children:[t("dt",{children:t("kbd",{children:l})}),t("dd",{children:d})]}))}),
t("div",{class:"buttons",children:t("button",{onClick:()=>s(!1),children:"Close"})})]})]})}xe(t(po,{}),document.getElementById("app"));
