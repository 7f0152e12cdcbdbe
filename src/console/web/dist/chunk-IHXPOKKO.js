var v,Oe,ct,j,ce,oe,Le,Y,je,fe,le,lt,z=Symbol.for("pv"),re={},se=[],ft=/^m(i|n|o|s|text|space)$/,de=Array.isArray,De=se.slice,W=Object.assign;function F(e){e&&e.
parentNode&&e.remove()}function ee(e,t,n,o,s){var r={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:z,__v:s||++Oe,__i:-1,__u:0};return!s&&v.vnode&&v.vnode(
r),r}function R(e){return e.children}function te(e,t){this.props=e,this.context=t,this.__g=0}function D(e,t){if(t==null)return e.__&&D(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:D(e)}function dt(e){var t,n=e.__v,o=n.__e,s=[],r=[],a=e.__P;a&&
((t=W({constructor:z},n)).__v=n.__v+1,v.vnode&&v.vnode(t),pe(a,t,n,e.__n,a.namespaceURI,32&n.__u?[o]:null,s,o||D(n),32&n.__u,r),t.__v=n.__v,t.__.__k[t.__i]=t,Fe(
s,t,r),n.__=n.__e=null,t.__e!=o&&Re(t))}function Re(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),Re(e)}
function $e(e){(8&e.__g||(e.__g|=8,j.push(e),oe++))&&ce==v.debounceRendering||((ce=v.debounceRendering)||queueMicrotask)(Ie)}function Ie(){try{for(var e,t=1;j.length;)
j.length>t&&j.sort(Le),e=j.shift(),t=j.length,8&e.__g&&dt(e)}finally{(oe=j.length)&&(ce||queueMicrotask)(Ie)}}function Ue(e,t,n,o,s,r,a,_,c,p,u){var d,y,i,f,x,h,
g=o.__k||se,m=t.length;for(c=pt(n,t,g,c,m),d=0;d<m;d++)(i=n.__k[d])!=null&&(y=~i.__i&&g[i.__i]||re,i.__i=d,h=pe(e,i,y,s,r,a,_,c,p,u),f=i.__e,(y.ref!=i.ref||8&y.
__u)&&(y.ref&&he(y.ref,null,i,y),i.ref&&u.push(i.ref,i.__c||f,i)),x=x||f,4&i.__u?(c=Me(i,c,e,!y.__v),y.__e&&(y.__e=null)):typeof i.type=="function"&&h!==void 0?
c=h:f&&(c=f.nextSibling),i.__u&=-21);return n.__e=x,c}function pt(e,t,n,o,s){var r,a,_,c,p,u,d,y,i,f=n.length,x=f,h=0,g=0,m=e.__k=Array(s);for(r=0;r<s;r++)(a=t[r])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=m[r]=ee(null,a):de(a)?a=m[r]=ee(R,{children:a}):a.constructor===z&&
a.__b?a=m[r]=ee(a.type,a.props,a.key,a.ref,a.__v):m[r]=a,c=r+h,a.__=e,a.__b=e.__b+1,_=null,~(p=a.__i=ht(a,n,c,x))&&(x--,(_=n[p])&&(_.__u|=2)),_&&_.__v?(a.__u|=16,
p==c-1?h--:p==c+1?h++:p!=c&&(p>c?h--:h++,g=1)):(~p||(s>f?h--:s<f&&h++),typeof a.type!="function"&&(a.__u|=4))):m[r]=null;if(g){for(u=[],d=[],r=0;r<s;r++)if((a=m[r])&&
16&a.__u){for(h=0,y=u.length;h<y;)u[i=h+y>>1]<a.__i?h=i+1:y=i;u[h]=a.__i,d[r]=h+1}for(h=u.length;r--;)d[r]&&(d[r]==h?h--:m[r].__u|=4)}if(x)for(r=0;r<f;r++)!(_=n[r])||
2&_.__u||(_.__e==o&&(o=D(_)),me(_,_));return o}function Me(e,t,n,o){var s,r,a,_;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(r=0;r<s.length;r++)
s[r]&&(s[r].__=e,t=Me(s[r],t,n,!1));return t}for(t&&!t.parentNode&&(t=D(e))&&!t.parentNode&&(t=null),a=e.__e,_=t;_&&_.nodeType==8;)_=_.nextSibling;for(a!=_&&(!o&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function ht(e,t,n,o){var s,r=e.key,a=e.type,_=t[n],c=_&&!(2&_.__u);if(_===null&&r==null||c&&r==_.key&&a==_.type)return n;if(o>(c?1:0)){for(s=n-1;s>=0;s--)if((_=
t[s])&&!(2&_.__u)&&r==_.key&&a==_.type)return s;for(s=n+1;s<t.length;s++)if((_=t[s])&&!(2&_.__u)&&r==_.key&&a==_.type)return s}return-1}function Ne(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function Q(e,t,n,o,s){var r,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.
cssText=o=""),o)for(t in o)n&&t in n||Ne(e.style,t);if(n)for(t in n)o&&n[t]==o[t]||Ne(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof o!="function"&&(o=null),(e.__e||(e.__e={}))[t]=n,n&&o||(a=le[t]||(le[t]=mt(t)),(e.__a||(e.__a={}))[t]=fe,r=t!=(t=t.replace(je,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,r):e.removeEventListener(t,a,r));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function mt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[Y]==null)t[Y]=fe++;else if(t[Y]<this.__a[e])return;return n(v.event?v.event(t):t)}}}function pe(e,t,n,o,s,r,a,_,c,p){
var u,d,y,i,f,x,h,g,m,b,k,E,U,O,M,Pe,L,H,N=t.type;if(t.constructor!==z)return null;128&n.__u&&(c=32&n.__u,u=n.__c.__z)&&(t.__u|=c,d=r=[],u.nodeType==8?_=ne(u,r):
r.push(u),_=r[0]||_),(u=v.__b)&&u(t);e:if(typeof N=="function"){y=a.length;try{if(g=t.props,m=(u=N.prototype)&&u.render,b=(u=N.contextType)&&o[u.__c],k=u?b?b.props.
value:u.__:o,(i=n.__c)?(t.__c=i,2&i.__g&&(i.__g|=1)):(m?t.__c=i=new N(g,k):(t.__c=i=new te(g,k),i.constructor=N,i.render=yt),b&&b.sub(i),i.state||(i.state={}),i.
__n=o,i.__g|=8,i.__h=[],i.__k=[]),m&&(i.__s||(i.__s=i.state),N.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=W({},i.__s)),W(i.__s,N.getDerivedStateFromProps(
g,i.__s)))),f=i.props,x=i.state,i.__v=t,n.__c){if(g!==f&&m&&!N.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(g,k),t.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(g,i.__s,k)===!1){t.__v!=n.__v&&(i.props=g,i.state=i.__s,i.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(A){A&&(A.__=t)}),se.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&a.push(i),_=D(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
g,i.__s,k),m&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(f,x,h)})}else m&&!N.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
m&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=k,i.props=g,i.__P=e,i.__g&=-5,E=v.__r,U=m?25:0;do i.__g&=-9,E&&E(t),u=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++U<25);m&&(se.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(o=W({},o,i.getChildContext())),m&&n.__c&&i.getSnapshotBeforeUpdate&&
(h=i.getSnapshotBeforeUpdate(f,x)),O=u&&u.type===R&&u.key==null?u.props.children:u,g.__P&&(u=_,s=(e=g.__P).namespaceURI,c=r=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(A){A&&me(A,A)}),n.__k=null),_=n.__k?D(n,0):null),_=Ue(e,de(O)?O:[O],t,n,o,s,r,a,_,c,p),g.__P&&(t.__e=null,_=u),t.__u&=-161,d&&d.some(F),i.__h.length&&
a.push(i),1&i.__g&&(i.__g&=-4)}catch(A){if(a.length=y,t.__v=null,c||r)if(A&&A.then){if(t.__u|=128|c,r){for(~(L=r.indexOf(_||void 0))||(L=r.length);(H=r[L-1])&&H.
nodeType==8;)L--;for(;L<r.length;L++)if(H=r[L])if(r[L]=null,M){if(H==Pe)break}else{if(H.nodeType!=8)break;H.data.startsWith("$s")&&(Pe=ne(M=H))}}if(!M){for(;_&&
_.nodeType==8&&_.nextSibling;)_=_.nextSibling;M=_}(u=ne(M=t.__c.__z||(t.__c.__z=M)))?(t.__e=M,_=u):t.__e=_,_=_&&_.nextSibling}else r&&r.some(F);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),A&&A.then||He(t),v.__e(A,t,n)}}else _=t.__e=gt(n.__e,t,n,o,s,r,a,c,p,e);return(u=v.diffed)&&u(t),_}function ne(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function He(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(He))}function Fe(e,t,n){for(var o=0;o<n.length;)he(n[o++],n[o++],n[o++]);v.__c&&v.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(r){r.call(s)})}catch(r){v.__e(r,s.__v)}})}function gt(e,t,n,o,s,r,a,_,c,p){var u,d,y,i,f,x,h,g,m=n.props||re,b=t.
props,k=t.type;if(k=="svg"?s="http://www.w3.org/2000/svg":k=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),r){for(u=0;u<r.
length;u++)if((f=r[u])&&(k?f.localName==k:f.nodeType==3)){e=f,r[u]=null;break}}if(!e){if(g=p.ownerDocument||document,!k)return g.createTextNode(b);e=g.createElementNS(
s,k,b.is?b:p),_&&(v.__m&&v.__m(t,r),_=!1),r=null}if(k){if(p=k=="template"&&e.content||e,r=k=="textarea"&&b.defaultValue!=null?null:r&&De.call(p.childNodes),!_&&
r)for(m={},u=0;u<e.attributes.length;u++)m[(f=e.attributes[u]).name]=f.value;for(u in m)f=m[u],u=="dangerouslySetInnerHTML"?y=f:u=="children"||u in b||u=="value"&&
"defaultValue"in b||u=="checked"&&"defaultChecked"in b||Q(e,u,null,f,s);for(u in b)f=b[u],u=="children"?i=f:u=="dangerouslySetInnerHTML"?d=f:u=="value"?x=f:u=="\
checked"?h=f:_&&typeof f!="function"||m[u]===f||Q(e,u,f,m[u],s);d?(_||y&&(d.__html==y.__html||d.__html==e.innerHTML)||(e.innerHTML=d.__html),t.__k=[]):(y&&(e.textContent=
""),(k=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&ft.test(k))&&(s="http://www.w3.org/1999/xhtml"),Ue(p,de(i)?i:[i],t,n,o,s,r,a,r?r[0]:n.__k&&D(n,
0),_,c),r&&r.some(F)),_&&k!="textarea"||(u="value",k=="progress"&&x==null?e.removeAttribute(u):x==null||x===e[u]&&(k!="progress"||x)||Q(e,u,x,m[u],s),u="checked",
h!=null&&h!=e[u]&&Q(e,u,h,m[u],s))}else m===b||_&&e.data==b||(e.data=b);return e}function he(e,t,n,o){try{typeof e=="function"?t?t.__x=e(t)||1:o&&(o=o.__c||o.__e)&&
(t=o.__x)&&(o.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){v.__e(s,n)}}function me(e,t,n){var o,s,r,a;if(v.unmount&&v.unmount(e),!(o=e.ref)||
o.current&&o.current!=e.__e||he(o,null,t,e),o=e.__c){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(_){v.__e(_,t)}o.__P=o.__n=null}if(o=e.__k)for(a=
0;a<o.length;a++)o[a]&&me(o[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(o=e.__c)&&(o=o.__z)&&(s=ne(o,r=[]))&&(o==e.__e&&r.some(F),F(s),F(o)),n||F(e.__e),
e.__e=e.__c=e.__=null}function yt(e,t,n){return this.constructor(e,n)}function Ut(e,t){var n,o,s,r;v.__&&v.__(e,t),t.nodeType==9&&(t=t.documentElement),o=(n=e&&
32&e.__u)?null:t.__k,t.__k=ee(R,{children:[e]}),s=[],r=[],pe(t,t.__k,o||re,re,t.namespaceURI,o?null:t.firstChild?De.call(t.childNodes):null,s,o?o.__e:t.firstChild,
n,r),Fe(s,t.__k,r),t.__k.props.children=null}v={__e:function(e,t,n,o){for(var s,r,a;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((a=(r=s.constructor)&&r.getDerivedStateFromError)&&s.setState(r.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,o||{}),a=1),a&&8&s.__g)return void(s.__g|=2)}catch(_){e=_}}throw oe=0,e}},Oe=0,ct=function(e){return e!=null&&e.
constructor===z},te.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=W({},this.state)),typeof e=="function"&&(e=e(W({},n),this.props)),
e&&(W(n,e),this.__v&&(t&&this.__k.push(t),$e(this)))},te.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),$e(this))},te.prototype.render=
R,j=[],oe=0,Le=function(e,t){return e.__v.__b-t.__v.__b},Y=Symbol(),je=/(PointerCapture)$|Capture$/i,fe=0,le={},lt=0;var G,w,ge,We,ye=Object.is,V=0,Xe=[],ve=[],S=v,qe=S.__b,Be=S.__r,ze=S.diffed,Je=S.__c,Ge=S.unmount,Ve=S.__;function be(e,t){S.__h&&S.__h(w,e,V||t),V=0;var n=w.__H||
(w.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function T(e){return V=1,vt(et,e)}function vt(e,t,n){var o=be(G++,2);if(o.t=e,!o.__c&&(o.__=
[n?n(t):et(void 0,t),function(r){var a=(o.__N||o.__)[0],_=o.t(a,r);ye(a,_)||(o.__N=[_,o.__[1]],o.__c.setState({}))}],o.__c=w,!w.__f)){w.__f=!0;var s=w.shouldComponentUpdate;
w.shouldComponentUpdate=function(r,a,_){var c=this.__H;if(!c)return!0;var p=!1,u=this.props!=r;if(c.__.some(function(y){y.__N&&(p=!0,ye(y.__[0],y.__N[0])||(u=!0))}),
s){var d=s.call(this,r,a,_);return p?d||u:d}return!p||u}}return o.__}function $(e,t){var n=be(G++,3);!S.__s&&Ye(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,w.__H.__h.push(
n))}function q(e){return V=5,Qe(function(){return{current:e}},[])}function Qe(e,t){var n=be(G++,7);return Ye(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function xe(e,t){return V=8,Qe(function(){return e},t)}function kt(){var e;do{for(;e=ve.shift();)try{J(e)}catch(n){S.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Xe.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(J),t.__h.some(
ke),t.__h=[]}catch(n){t.__h=[],S.__e(n,e.__v)}}}while(ve.length)}S.__b=function(e){w=null,qe&&qe(e)},S.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Ve&&
Ve(e,t)},S.__r=function(e){Be&&Be(e),G=0;var t=(w=e.__c).__H;t&&(ge==w?w.__h=[]:(t.__h.some(J),t.__h.some(ke),G=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),ge=w},S.diffed=function(e){ze&&ze(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Ze(Xe.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
ge=w=null},S.__c=function(e,t){t.some(function(n){try{n.__h.some(J),n.__h=n.__h.filter(function(o){return!o.__||ke(o)})}catch(o){n.__h=[function(){throw o}]}}),
Je&&Je(e,t)},S.unmount=function(e){Ge&&Ge(e);var t,n,o=e.__c;o&&o.__H&&(o.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,Ze(ve.push(s))}else J(s)}catch(r){t=r}}),o.__H=void 0,t&&S.__e(t,o.__v))};var Ke=typeof requestAnimationFrame=="function";function bt(e){
var t,n=function(){clearTimeout(o),Ke&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);Ke&&(t=requestAnimationFrame(n))}function Ze(e){e!=1&&We==S.requestAnimationFrame||
((We=S.requestAnimationFrame)||bt)(kt)}function J(e){var t=w,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),w=t}function ke(e){var t=w;e.__c=e.__(),w=t}function Ye(e,t){
return!e||e.length!=t.length||t.some(function(n,o){return!ye(n,e[o])})}function et(e,t){return typeof t=="function"?t(e):t}function C(e){let t=e,n=new Set;return{get:()=>t,set:o=>{if(!Object.is(t,o)){t=o;for(let s of n)s()}},listen:o=>{n.add(o)},use:()=>{let[,o]=T(0);return $(()=>{let s=()=>o(
r=>r+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}var I="/console";function ie(){return{path:location.pathname.slice(I.length).split("/").filter(Boolean).map(xt),query:new URLSearchParams(location.search)}}function xt(e){
try{return decodeURIComponent(e)}catch{return e}}var Se=C(ie()),zt=Se.use;addEventListener("popstate",()=>Se.set(ie()));var Jt=e=>I+e;function tt(e,t=!1){I+e!==
location.pathname+location.search&&(history[t?"replaceState":"pushState"](null,"",I+e),Se.set(ie()))}function Gt(e,t=!1){let{query:n}=ie();for(let[s,r]of Object.
entries(e))r?n.set(s,r):n.delete(s);let o=n.toString();tt(location.pathname.slice(I.length)+(o?`?${o}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||
e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${I}\
/`)||t.pathname.startsWith(`${I}/a/`)||(e.preventDefault(),tt(t.pathname.slice(I.length)+t.search),scrollTo(0,0))});var we=(e,t)=>localStorage.getItem(`mistral.${e}`)??t,B=C(we("zone","local")),St=C(we("theme","system")),Zt=C(we("keys","on")==="on"),Xt=()=>Intl.supportedValuesOf?.(
"timeZone").filter(e=>e!=="UTC")??[];function Qt(e){localStorage.setItem("mistral.zone",e),B.set(e)}function Yt(e){localStorage.setItem("mistral.theme",e),e==="\
system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,St.set(e)}var ae=C(void 0),_e={reached:()=>ae.set(void 0),lost:()=>{ae.get()===void 0&&ae.set(Date.now())}},nn=ae.use;var K=C(void 0);function sn(e,t){let n=new Map,o={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:r,body:a}=JSON.parse(s);r?n.set(r,a):a.kind==="mistral-execution"?(o.execution=String(a.execution),o.taken=Number(a.taken_us)/1e3):a.
truncated&&(o.truncated=!0)}if(!o.execution)throw new Error("This is no file of an execution.");return o}function nt(e){return K.get()?.answers.get(e.split("?")[0])}var Z=C(sessionStorage.getItem("mistral.token")??void 0),wt=C(JSON.parse(sessionStorage.getItem("mistral.projects")??"[]")),Te=C("");function ot(e,t=[]){e?sessionStorage.
setItem("mistral.token",e):sessionStorage.removeItem("mistral.token"),sessionStorage.setItem("mistral.projects",JSON.stringify(t)),wt.set(t),Te.set(""),Z.set(e)}
function Tt(){if(location.hash==="#handed=1"){history.replaceState(null,"",location.pathname+location.search),fetch("/console/session",{method:"POST",headers:{"\
Content-Type":"application/json","X-Mistral-Console":"1"},body:'{"method": "handed"}'}).then(async n=>{let o=await n.json();n.ok&&o.token?ot(o.token):Te.set(o.faultstring??
"Nothing was handed over.")});return}if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(location.hash.slice(1));history.replaceState(
null,"",location.pathname+location.search);let t=sessionStorage.getItem("mistral.mark");sessionStorage.removeItem("mistral.mark"),!(!t||e.has("token")&&e.get("m\
ark")!==t)&&(e.has("token")?ot(e.get("token")):Te.set(e.get("sign-in-failed")||"The provider has not signed you in."))}Tt();var Ct=C(!1),P=class extends Error{constructor(n,o,s){
super(o);this.status=n;this.request=s}status;request};function Et(e,t){let n=s=>`'${s.replaceAll("'","'\\''")}'`,o=["curl"];return t.method&&t.method!=="GET"&&o.
push("-X",t.method),Z.get()&&o.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&o.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.text!==
void 0&&o.push("-H 'Content-Type: text/plain' --data-binary @-"),o.push(n(location.origin+e)),o.join(" ")}async function rt(e,t={}){let n=Et(e,t);if(K.get()){let c=nt(
e);if(c===void 0||(t.method??"GET")!=="GET")throw new P(404,"The file does not hold this.",n);return c}let o={Accept:"application/json",...t.headers},s;t.json!==
void 0?(o["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&(o["Content-Type"]="text/plain",s=t.text),(t.method??"GET")!=="GET"&&(o["\
X-Mistral-Console"]="1");let r=o["X-Auth-Token"]||e==="/console/session"?void 0:Z.get();r?o["X-Auth-Token"]=r:t.asAdmin&&(o["X-Roles"]="admin");let a,_;try{a=await fetch(
e,{method:t.method??"GET",headers:o,body:s,signal:t.signal}),_=await a.text()}catch(c){throw c.name==="AbortError"?c:new P(0,"The server cannot be reached.",n)}
if(a.status===401&&e!=="/console/session"&&Ct.set(!0),!a.ok)throw new P(a.status,At(_,a),n);return _?JSON.parse(_):void 0}function At(e,t){try{let n=JSON.parse(
e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}function cn(e){let t=new URLSearchParams;for(let[o,s]of Object.
entries(e))s!==void 0&&s!==""&&t.set(o,String(s));let n=t.toString();return n?`?${n}`:""}var ln=encodeURIComponent;function pn(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var st=new Map;function X(e,t){let n=st.
get(t);return n||(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),st.set(t,n)),n.format(e)}function Ce(e){if(e===void 0)return"\
\u2013";let t=B.get();return t==="UTC"?`${X(e,"UTC")}Z`:X(e,t==="local"?void 0:t)}function Ee(e){if(e===void 0)return"";let t=B.get(),n=t==="UTC"||t==="local"?"":
`
${X(e,t)} ${t}`;return`${X(e,"UTC")} UTC
${X(e,void 0)} local${n}`}function it(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,o=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${o(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${o(n%3600/60)} m`:`${Math.floor(n/86400)} d ${o(n%86400/3600)} h`}var Pt={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function at(e){let[t,n]=Pt[e]??["\xB7","idle"];return{sign:t,colour:n}}var hn=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],mn=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),gn=e=>e.toLocaleString("en");function yn(e){let t=["B","KB","MB","GB","TB"],n=0,
o=e;for(;o>=1024&&n<t.length-1;)o/=1024,n+=1;return`${o<10&&n?o.toFixed(1):Math.round(o)} ${t[n]}`}function vn(e){let t=e??"",n=/^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.
exec(t);if(!n)return t.split(`
`).slice(0,4).join(" ");let o=/msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(n[2])??/msg="([^"]*)"/.exec(n[2]);return`${n[1]}: ${o?o[1]:n[2]||t.split(`
`).find(s=>s.includes("[action_ex_id="))||"failed"}`}var $t=Symbol.for("pv"),Nt=0;function l(e,t,n,o,s,r){t||(t={});var a,_,c=t;if("ref"in c&&typeof e!="function")for(_ in c={},t)_=="ref"?a=t[_]:c[_]=t[_];var p={type:e,props:c,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:$t,__v:--Nt,__i:-1,__u:0};return(s||r)&&(p.__source=s,p.__self=r),v.vnode&&v.vnode(p),p}function An({state:e,short:t}){let{sign:n,colour:o}=at(e);return l("span",{class:`state state-${o}`,children:[l("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Pn({time:e}){return B.use(),l("time",{title:Ee(e),children:Ce(e)})}function $n({time:e}){let[,t]=T(0);if($(()=>{let o=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(o)},[]),e===void 0)return null;let n=e-Date.now();return l("time",{title:Ee(e),children:n>0?`in ${it(n*1e3)}`:"now"})}function _t({
error:e,again:t,at:n}){let o=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return l("div",{class:"failure",role:"\
alert",children:[l("p",{children:[l("strong",{children:e.status||"No answer"})," ",e.message]}),o&&l("p",{children:o}),!!n&&l("p",{class:"muted",children:["What\
 is shown is from ",Ce(n),"."]}),l("details",{children:[l("summary",{children:"The request"}),l("pre",{children:e.request})]}),t&&l("button",{onClick:t,children:"\
Try again"})]})}function Nn({of:e,children:t}){let{data:n,error:o,at:s,again:r}=e,[a,_]=T(!1),c=n===void 0&&!o;return $(()=>{if(!c)return _(!1);let p=setTimeout(
()=>_(!0),150);return()=>clearTimeout(p)},[c]),l(R,{children:[o&&l(_t,{error:o,again:r,at:n===void 0?void 0:s}),c&&a&&l("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[l("i",{}),l("i",{}),l("i",{})]}),n!==void 0&&l("div",{class:o?"stale":void 0,children:t(n)})]})}function On({look:e,isNews:t,children:n}){
let o=q(null),[s,r]=T(!1);return $(()=>{let a=o.current,_=()=>r(a.scrollHeight>a.clientHeight),c=new ResizeObserver(_);return c.observe(a),_(),()=>c.disconnect()},
[n]),l("pre",{ref:o,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,children:n})}function Ln({children:e}){return l("div",{class:"e\
mpty",children:e})}function Ot({title:e,close:t,children:n}){let o=q(null);return $(()=>{let s=o.current,r=document.activeElement;return s.showModal(),()=>{s.close(),
r?.focus?.()}},[]),l("dialog",{ref:o,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[l("h2",{children:e}),n]})}function jn({title:e,children:t,label:n,
act:o,close:s}){let[r,a]=T(),[_,c]=T(!1);return l(Ot,{title:e,close:s,children:[t,r&&l(_t,{error:r}),l("div",{class:"buttons",children:[l("button",{class:"prima\
ry",disabled:_,onClick:async()=>{c(!0);try{await o(),s()}catch(u){a(u instanceof P?u:new P(0,String(u),""))}c(!1)},children:n}),l("button",{onClick:s,children:"\
Leave it"})]})]})}function Lt({text:e,label:t="Copy"}){let[n,o]=T(!1);return l("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(e),
o(!0),setTimeout(()=>o(!1),1500)},children:n?"Copied":t})}var jt=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,Ae=100,ue=2e3;function ut({
value:e,name:t,depth:n=0}){let[o,s]=T(n<2),[r,a]=T(Ae),[_,c]=T(!(t&&jt.test(t))),p=t!==void 0&&l("span",{class:"json-key",children:[t,": "]});if(!_)return l("di\
v",{children:[p,l("button",{class:"small",onClick:()=>c(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(e===null||typeof e!="object"){let i=typeof e=="stri\
ng"?e:JSON.stringify(e),f=i.length>ue&&!o;return l("div",{children:[p,l("span",{class:`json-${e===null?"null":typeof e}`,children:i.length>ue&&(f||n<2)&&r===Ae?
`${i.slice(0,ue)}\u2026`:i}),i.length>ue&&r===Ae&&l("button",{class:"small",onClick:()=>{a(1/0),s(!0)},children:["all ",i.length.toLocaleString("en")," characte\
rs"]})]})}let u=Array.isArray(e),d=u?e.map((i,f)=>[String(f),i]):Object.entries(e),y=u?`[${d.length}]`:`{${d.length}}`;return d.length?l("div",{children:[l("but\
ton",{class:"json-fold","aria-expanded":o,onClick:()=>s(!o),children:[o?"\u25BE":"\u25B8"," ",p,l("span",{class:"muted",children:y})]}),o&&l("div",{class:"json-\
members",children:[d.slice(0,r).map(([i,f])=>l(ut,{name:i,value:f,depth:n+1},i)),d.length>r&&l("button",{class:"small",onClick:()=>a(r+1e3),children:[d.length-r,
" more"]})]})]}):l("div",{children:[p,l("span",{class:"muted",children:u?"[]":"{}"})]})}function Dt(e){if(typeof e!="string")return e??null;try{return JSON.parse(
e)}catch{return e}}function Dn({title:e,value:t}){let n=Dt(t);return l("section",{class:"data",children:[l("h3",{children:[e," ",l(Lt,{text:typeof n=="string"?n:
JSON.stringify(n,null,2)})]}),l(ut,{value:n})]})}var Rt=3e4,It=50;function Wn(e,t=0,n=!1,o){let[s,r]=T({at:0}),[a,_]=T(0),c=q(0),p=Z.use(),u=o===void 0?void 0:JSON.stringify(o),d=q({isAsking:!1,isAskedAgain:!1}),
y=xe(()=>{d.current.isAsking?d.current.isAskedAgain=!0:_(h=>h+1)},[]),i=xe(h=>r(g=>g.data===void 0?g:{...g,data:h(g.data)}),[]),f=q(t);$(()=>{f.current=t,!d.current.
isAsking&&c.current===0&&d.current.schedule?.(t)},[t]),$(()=>{if(e===void 0)return;let h=new AbortController,g=0,m=!0,b=E=>{clearTimeout(g),E>0&&!h.signal.aborted&&
!K.get()&&(g=window.setTimeout(k,E))};d.current={isAsking:!1,isAskedAgain:!1,schedule:b};let k=async()=>{if(document.hidden&&!m)return b(f.current||2e3);m=!1,d.
current.isAsking=!0,d.current.isAskedAgain=!1;try{let E=await rt(e,{signal:h.signal,asAdmin:n,...u===void 0?{}:{method:"POST",json:JSON.parse(u)}});d.current.isAsking=
!1,c.current=0,_e.reached(),r({path:e,data:E,at:Date.now()}),b(d.current.isAskedAgain?It:f.current)}catch(E){if(E.name==="AbortError")return;d.current.isAsking=
!1;let U=E instanceof P?E:new P(0,`The answer cannot be read: ${E}`,e);c.current+=1,U.status===0?_e.lost():_e.reached(),r(O=>({path:e,data:O.path===e?O.data:void 0,
error:U,at:O.at})),(U.status===0||U.status>=500)&&b(Math.min(Rt,1e3*2**c.current))}};return k(),()=>{h.abort(),clearTimeout(g),d.current={isAsking:!1,isAskedAgain:!1}}},
[e,a,p,n,u]);let x=s.path===e;return{data:x?s.data:void 0,error:x?s.error:void 0,at:s.at,again:y,patch:i}}export{R as a,te as b,Ut as c,T as d,$ as e,q as f,Qe as g,xe as h,C as i,zt as j,Jt as k,tt as l,Gt as m,B as n,St as o,Zt as p,Xt as q,Qt as r,Yt as s,nn as t,
K as u,sn as v,Z as w,wt as x,Te as y,ot as z,Ct as A,P as B,rt as C,cn as D,ln as E,pn as F,Ce as G,it as H,at as I,hn as J,mn as K,gn as L,yn as M,vn as N,l as O,
An as P,Pn as Q,$n as R,_t as S,Nn as T,On as U,Ln as V,Ot as W,jn as X,Lt as Y,ut as Z,Dt as _,Dn as $,Wn as aa};
