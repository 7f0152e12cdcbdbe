var y,Le,ut,O,ue,ne,Oe,Q,Ae,le,ce,ct,W=Symbol.for("pv"),oe={},re=[],lt=/^m(i|n|o|s|text|space)$/,fe=Array.isArray,De=re.slice,H=Object.assign;function M(e){e&&e.
parentNode&&e.remove()}function Y(e,t,n,o,s){var r={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:W,__v:s||++Le,__i:-1,__u:0};return!s&&y.vnode&&y.vnode(
r),r}function D(e){return e.children}function ee(e,t){this.props=e,this.context=t,this.__g=0}function A(e,t){if(t==null)return e.__&&A(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:A(e)}function ft(e){var t,n=e.__v,o=n.__e,s=[],r=[],a=e.__P;a&&
((t=H({constructor:W},n)).__v=n.__v+1,y.vnode&&y.vnode(t),de(a,t,n,e.__n,a.namespaceURI,32&n.__u?[o]:null,s,o||A(n),32&n.__u,r),t.__v=n.__v,t.__.__k[t.__i]=t,He(
s,t,r),n.__=n.__e=null,t.__e!=o&&je(t))}function je(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),je(e)}
function Ne(e){(8&e.__g||(e.__g|=8,O.push(e),ne++))&&ue==y.debounceRendering||((ue=y.debounceRendering)||queueMicrotask)(Re)}function Re(){try{for(var e,t=1;O.length;)
O.length>t&&O.sort(Oe),e=O.shift(),t=O.length,8&e.__g&&ft(e)}finally{(ne=O.length)&&(ue||queueMicrotask)(Re)}}function Ie(e,t,n,o,s,r,a,_,c,d,u){var h,m,i,f,x,g,
b=o.__k||re,p=t.length;for(c=dt(n,t,b,c,p),h=0;h<p;h++)(i=n.__k[h])!=null&&(m=~i.__i&&b[i.__i]||oe,i.__i=h,g=de(e,i,m,s,r,a,_,c,d,u),f=i.__e,(m.ref!=i.ref||8&m.
__u)&&(m.ref&&pe(m.ref,null,i,m),i.ref&&u.push(i.ref,i.__c||f,i)),x=x||f,4&i.__u?(c=Ue(i,c,e,!m.__v),m.__e&&(m.__e=null)):typeof i.type=="function"&&g!==void 0?
c=g:f&&(c=f.nextSibling),i.__u&=-21);return n.__e=x,c}function dt(e,t,n,o,s){var r,a,_,c,d,u,h,m,i,f=n.length,x=f,g=0,b=0,p=e.__k=Array(s);for(r=0;r<s;r++)(a=t[r])!=
null&&typeof a!="boolean"&&typeof a!="function"?(typeof a!="object"||a.constructor===String?a=p[r]=Y(null,a):fe(a)?a=p[r]=Y(D,{children:a}):a.constructor===W&&a.
__b?a=p[r]=Y(a.type,a.props,a.key,a.ref,a.__v):p[r]=a,c=r+g,a.__=e,a.__b=e.__b+1,_=null,~(d=a.__i=pt(a,n,c,x))&&(x--,(_=n[d])&&(_.__u|=2)),_&&_.__v?(a.__u|=16,d==
c-1?g--:d==c+1?g++:d!=c&&(d>c?g--:g++,b=1)):(~d||(s>f?g--:s<f&&g++),typeof a.type!="function"&&(a.__u|=4))):p[r]=null;if(b){for(u=[],h=[],r=0;r<s;r++)if((a=p[r])&&
16&a.__u){for(g=0,m=u.length;g<m;)u[i=g+m>>1]<a.__i?g=i+1:m=i;u[g]=a.__i,h[r]=g+1}for(g=u.length;r--;)h[r]&&(h[r]==g?g--:p[r].__u|=4)}if(x)for(r=0;r<f;r++)!(_=n[r])||
2&_.__u||(_.__e==o&&(o=A(_)),he(_,_));return o}function Ue(e,t,n,o){var s,r,a,_;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(r=0;r<s.length;r++)
s[r]&&(s[r].__=e,t=Ue(s[r],t,n,!1));return t}for(t&&!t.parentNode&&(t=A(e))&&!t.parentNode&&(t=null),a=e.__e,_=t;_&&_.nodeType==8;)_=_.nextSibling;for(a!=_&&(!o&&
n.moveBefore&&a.parentNode?n.moveBefore(a,t):n.insertBefore(a,t||null)),t=a;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function pt(e,t,n,o){var s,r=e.key,a=e.type,_=t[n],c=_&&!(2&_.__u);if(_===null&&r==null||c&&r==_.key&&a==_.type)return n;if(o>(c?1:0)){for(s=n-1;s>=0;s--)if((_=
t[s])&&!(2&_.__u)&&r==_.key&&a==_.type)return s;for(s=n+1;s<t.length;s++)if((_=t[s])&&!(2&_.__u)&&r==_.key&&a==_.type)return s}return-1}function $e(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function X(e,t,n,o,s){var r,a;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.
cssText=o=""),o)for(t in o)n&&t in n||$e(e.style,t);if(n)for(t in n)o&&n[t]==o[t]||$e(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof o!="function"&&(o=null),(e.__e||(e.__e={}))[t]=n,n&&o||(a=ce[t]||(ce[t]=ht(t)),(e.__a||(e.__a={}))[t]=le,r=t!=(t=t.replace(Ae,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,a,r):e.removeEventListener(t,a,r));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function ht(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[Q]==null)t[Q]=le++;else if(t[Q]<this.__a[e])return;return n(y.event?y.event(t):t)}}}function de(e,t,n,o,s,r,a,_,c,d){
var u,h,m,i,f,x,g,b,p,v,k,R,Ee,Z,I,Pe,L,U,N=t.type;if(t.constructor!==W)return null;128&n.__u&&(c=32&n.__u,u=n.__c.__z)&&(t.__u|=c,h=r=[],u.nodeType==8?_=te(u,r):
r.push(u),_=r[0]||_),(u=y.__b)&&u(t);e:if(typeof N=="function"){m=a.length;try{if(b=t.props,p=(u=N.prototype)&&u.render,v=(u=N.contextType)&&o[u.__c],k=u?v?v.props.
value:u.__:o,(i=n.__c)?(t.__c=i,2&i.__g&&(i.__g|=1)):(p?t.__c=i=new N(b,k):(t.__c=i=new ee(b,k),i.constructor=N,i.render=gt),v&&v.sub(i),i.state||(i.state={}),i.
__n=o,i.__g|=8,i.__h=[],i.__k=[]),p&&(i.__s||(i.__s=i.state),N.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=H({},i.__s)),H(i.__s,N.getDerivedStateFromProps(
b,i.__s)))),f=i.props,x=i.state,i.__v=t,n.__c){if(b!==f&&p&&!N.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(b,k),t.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(b,i.__s,k)===!1){t.__v!=n.__v&&(i.props=b,i.state=i.__s,i.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(E){E&&(E.__=t)}),re.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&a.push(i),_=A(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
b,i.__s,k),p&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(f,x,g)})}else p&&!N.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
p&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=k,i.props=b,i.__P=e,i.__g&=-5,R=y.__r,Ee=p?25:0;do i.__g&=-9,R&&R(t),u=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++Ee<25);p&&(re.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(o=H({},o,i.getChildContext())),p&&n.__c&&i.getSnapshotBeforeUpdate&&
(g=i.getSnapshotBeforeUpdate(f,x)),Z=u&&u.type===D&&u.key==null?u.props.children:u,b.__P&&(u=_,s=(e=b.__P).namespaceURI,c=r=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(E){E&&he(E,E)}),n.__k=null),_=n.__k?A(n,0):null),_=Ie(e,fe(Z)?Z:[Z],t,n,o,s,r,a,_,c,d),b.__P&&(t.__e=null,_=u),t.__u&=-161,h&&h.some(M),i.__h.length&&
a.push(i),1&i.__g&&(i.__g&=-4)}catch(E){if(a.length=m,t.__v=null,c||r)if(E&&E.then){if(t.__u|=128|c,r){for(~(L=r.indexOf(_||void 0))||(L=r.length);(U=r[L-1])&&U.
nodeType==8;)L--;for(;L<r.length;L++)if(U=r[L])if(r[L]=null,I){if(U==Pe)break}else{if(U.nodeType!=8)break;U.data.startsWith("$s")&&(Pe=te(I=U))}}if(!I){for(;_&&
_.nodeType==8&&_.nextSibling;)_=_.nextSibling;I=_}(u=te(I=t.__c.__z||(t.__c.__z=I)))?(t.__e=I,_=u):t.__e=_,_=_&&_.nextSibling}else r&&r.some(M);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),E&&E.then||Me(t),y.__e(E,t,n)}}else _=t.__e=mt(n.__e,t,n,o,s,r,a,c,d,e);return(u=y.diffed)&&u(t),_}function te(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function Me(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(Me))}function He(e,t,n){for(var o=0;o<n.length;)pe(n[o++],n[o++],n[o++]);y.__c&&y.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(r){r.call(s)})}catch(r){y.__e(r,s.__v)}})}function mt(e,t,n,o,s,r,a,_,c,d){var u,h,m,i,f,x,g,b,p=n.props||oe,v=t.
props,k=t.type;if(k=="svg"?s="http://www.w3.org/2000/svg":k=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),r){for(u=0;u<r.
length;u++)if((f=r[u])&&(k?f.localName==k:f.nodeType==3)){e=f,r[u]=null;break}}if(!e){if(b=d.ownerDocument||document,!k)return b.createTextNode(v);e=b.createElementNS(
s,k,v.is?v:d),_&&(y.__m&&y.__m(t,r),_=!1),r=null}if(k){if(d=k=="template"&&e.content||e,r=k=="textarea"&&v.defaultValue!=null?null:r&&De.call(d.childNodes),!_&&
r)for(p={},u=0;u<e.attributes.length;u++)p[(f=e.attributes[u]).name]=f.value;for(u in p)f=p[u],u=="dangerouslySetInnerHTML"?m=f:u=="children"||u in v||u=="value"&&
"defaultValue"in v||u=="checked"&&"defaultChecked"in v||X(e,u,null,f,s);for(u in v)f=v[u],u=="children"?i=f:u=="dangerouslySetInnerHTML"?h=f:u=="value"?x=f:u=="\
checked"?g=f:_&&typeof f!="function"||p[u]===f||X(e,u,f,p[u],s);h?(_||m&&(h.__html==m.__html||h.__html==e.innerHTML)||(e.innerHTML=h.__html),t.__k=[]):(m&&(e.textContent=
""),(k=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&lt.test(k))&&(s="http://www.w3.org/1999/xhtml"),Ie(d,fe(i)?i:[i],t,n,o,s,r,a,r?r[0]:n.__k&&A(n,
0),_,c),r&&r.some(M)),_&&k!="textarea"||(u="value",k=="progress"&&x==null?e.removeAttribute(u):x==null||x===e[u]&&(k!="progress"||x)||X(e,u,x,p[u],s),u="checked",
g!=null&&g!=e[u]&&X(e,u,g,p[u],s))}else p===v||_&&e.data==v||(e.data=v);return e}function pe(e,t,n,o){try{typeof e=="function"?t?t.__x=e(t)||1:o&&(o=o.__c||o.__e)&&
(t=o.__x)&&(o.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){y.__e(s,n)}}function he(e,t,n){var o,s,r,a;if(y.unmount&&y.unmount(e),!(o=e.ref)||
o.current&&o.current!=e.__e||pe(o,null,t,e),o=e.__c){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(_){y.__e(_,t)}o.__P=o.__n=null}if(o=e.__k)for(a=
0;a<o.length;a++)o[a]&&he(o[a],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(o=e.__c)&&(o=o.__z)&&(s=te(o,r=[]))&&(o==e.__e&&r.some(M),M(s),M(o)),n||M(e.__e),
e.__e=e.__c=e.__=null}function gt(e,t,n){return this.constructor(e,n)}function It(e,t){var n,o,s,r;y.__&&y.__(e,t),t.nodeType==9&&(t=t.documentElement),o=(n=e&&
32&e.__u)?null:t.__k,t.__k=Y(D,{children:[e]}),s=[],r=[],de(t,t.__k,o||oe,oe,t.namespaceURI,o?null:t.firstChild?De.call(t.childNodes):null,s,o?o.__e:t.firstChild,
n,r),He(s,t.__k,r),t.__k.props.children=null}y={__e:function(e,t,n,o){for(var s,r,a;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((a=(r=s.constructor)&&r.getDerivedStateFromError)&&s.setState(r.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,o||{}),a=1),a&&8&s.__g)return void(s.__g|=2)}catch(_){e=_}}throw ne=0,e}},Le=0,ut=function(e){return e!=null&&e.
constructor===W},ee.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=H({},this.state)),typeof e=="function"&&(e=e(H({},n),this.props)),
e&&(H(n,e),this.__v&&(t&&this.__k.push(t),Ne(this)))},ee.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Ne(this))},ee.prototype.render=
D,O=[],ne=0,Oe=function(e,t){return e.__v.__b-t.__v.__b},Q=Symbol(),Ae=/(PointerCapture)$|Capture$/i,le=0,ce={},ct=0;var B,S,me,Fe,ge=Object.is,z=0,Ze=[],ye=[],w=y,We=w.__b,qe=w.__r,Be=w.diffed,ze=w.__c,Je=w.unmount,Ge=w.__;function be(e,t){w.__h&&w.__h(S,e,z||t),z=0;var n=S.__H||
(S.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function T(e){return z=1,yt(Ye,e)}function yt(e,t,n){var o=be(B++,2);if(o.t=e,!o.__c&&(o.__=
[n?n(t):Ye(void 0,t),function(r){var a=(o.__N||o.__)[0],_=o.t(a,r);ge(a,_)||(o.__N=[_,o.__[1]],o.__c.setState({}))}],o.__c=S,!S.__f)){S.__f=!0;var s=S.shouldComponentUpdate;
S.shouldComponentUpdate=function(r,a,_){var c=this.__H;if(!c)return!0;var d=!1,u=this.props!=r;if(c.__.some(function(m){m.__N&&(d=!0,ge(m.__[0],m.__N[0])||(u=!0))}),
s){var h=s.call(this,r,a,_);return d?h||u:h}return!d||u}}return o.__}function $(e,t){var n=be(B++,3);!w.__s&&Qe(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,S.__H.__h.push(
n))}function J(e){return z=5,Xe(function(){return{current:e}},[])}function Xe(e,t){var n=be(B++,7);return Qe(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function ke(e,t){return z=8,Xe(function(){return e},t)}function vt(){var e;do{for(;e=ye.shift();)try{q(e)}catch(n){w.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Ze.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(q),t.__h.some(
ve),t.__h=[]}catch(n){t.__h=[],w.__e(n,e.__v)}}}while(ye.length)}w.__b=function(e){S=null,We&&We(e)},w.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Ge&&
Ge(e,t)},w.__r=function(e){qe&&qe(e),B=0;var t=(S=e.__c).__H;t&&(me==S?S.__h=[]:(t.__h.some(q),t.__h.some(ve),B=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),me=S},w.diffed=function(e){Be&&Be(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Ke(Ze.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
me=S=null},w.__c=function(e,t){t.some(function(n){try{n.__h.some(q),n.__h=n.__h.filter(function(o){return!o.__||ve(o)})}catch(o){n.__h=[function(){throw o}]}}),
ze&&ze(e,t)},w.unmount=function(e){Je&&Je(e);var t,n,o=e.__c;o&&o.__H&&(o.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,Ke(ye.push(s))}else q(s)}catch(r){t=r}}),o.__H=void 0,t&&w.__e(t,o.__v))};var Ve=typeof requestAnimationFrame=="function";function bt(e){
var t,n=function(){clearTimeout(o),Ve&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);Ve&&(t=requestAnimationFrame(n))}function Ke(e){e!=1&&Fe==w.requestAnimationFrame||
((Fe=w.requestAnimationFrame)||bt)(vt)}function q(e){var t=S,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),S=t}function ve(e){var t=S;e.__c=e.__(),S=t}function Qe(e,t){
return!e||e.length!=t.length||t.some(function(n,o){return!ge(n,e[o])})}function Ye(e,t){return typeof t=="function"?t(e):t}function C(e){let t=e,n=new Set;return{get:()=>t,set:o=>{if(!Object.is(t,o)){t=o;for(let s of n)s()}},listen:o=>{n.add(o)},use:()=>{let[,o]=T(0);return $(()=>{let s=()=>o(
r=>r+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}var j="/console";function se(){return{path:location.pathname.slice(j.length).split("/").filter(Boolean).map(kt),query:new URLSearchParams(location.search)}}function kt(e){
try{return decodeURIComponent(e)}catch{return e}}var xe=C(se()),Bt=xe.use;addEventListener("popstate",()=>xe.set(se()));var zt=e=>j+e;function et(e,t=!1){j+e!==
location.pathname+location.search&&(history[t?"replaceState":"pushState"](null,"",j+e),xe.set(se()))}function Jt(e,t=!1){let{query:n}=se();for(let[s,r]of Object.
entries(e))r?n.set(s,r):n.delete(s);let o=n.toString();et(location.pathname.slice(j.length)+(o?`?${o}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||
e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${j}\
/`)||t.pathname.startsWith(`${j}/a/`)||(e.preventDefault(),et(t.pathname.slice(j.length)+t.search),scrollTo(0,0))});var we=(e,t)=>localStorage.getItem(`mistral.${e}`)??t,F=C(we("zone","local")),xt=C(we("theme","system")),Kt=C(we("keys","on")==="on"),Zt=()=>Intl.supportedValuesOf?.(
"timeZone").filter(e=>e!=="UTC")??[];function Xt(e){localStorage.setItem("mistral.zone",e),F.set(e)}function Qt(e){localStorage.setItem("mistral.theme",e),e==="\
system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,xt.set(e)}var ie=C(void 0),ae={reached:()=>ie.set(void 0),lost:()=>{ie.get()===void 0&&ie.set(Date.now())}},tn=ie.use;var G=C(void 0);function rn(e,t){let n=new Map,o={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:r,body:a}=JSON.parse(s);r?n.set(r,a):a.kind==="mistral-execution"?(o.execution=String(a.execution),o.taken=Number(a.taken_us)/1e3):a.
truncated&&(o.truncated=!0)}if(!o.execution)throw new Error("This is no file of an execution.");return o}function tt(e){return G.get()?.answers.get(e.split("?")[0])}var V=C(sessionStorage.getItem("mistral.token")??void 0),wt=C(JSON.parse(sessionStorage.getItem("mistral.projects")??"[]")),nt=C("");function St(e,t=[]){e?sessionStorage.
setItem("mistral.token",e):sessionStorage.removeItem("mistral.token"),sessionStorage.setItem("mistral.projects",JSON.stringify(t)),wt.set(t),nt.set(""),V.set(e)}
function Tt(){if(!/^#(token|sign-in-failed)=/.test(location.hash))return;let e=new URLSearchParams(location.hash.slice(1));history.replaceState(null,"",location.
pathname+location.search);let t=sessionStorage.getItem("mistral.mark");sessionStorage.removeItem("mistral.mark"),!(!t||e.has("token")&&e.get("mark")!==t)&&(e.has(
"token")?St(e.get("token")):nt.set(e.get("sign-in-failed")||"The provider has not signed you in."))}Tt();var Ct=C(!1),P=class extends Error{constructor(n,o,s){super(
o);this.status=n;this.request=s}status;request};function Et(e,t){let n=s=>`'${s.replaceAll("'","'\\''")}'`,o=["curl"];return t.method&&t.method!=="GET"&&o.push(
"-X",t.method),V.get()&&o.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&o.push("-H 'Content-Type: application/json' -d",n(JSON.stringify(t.json))),t.text!==
void 0&&o.push("-H 'Content-Type: text/plain' --data-binary @-"),o.push(n(location.origin+e)),o.join(" ")}async function ot(e,t={}){let n=Et(e,t);if(G.get()){let c=tt(
e);if(c===void 0||(t.method??"GET")!=="GET")throw new P(404,"The file does not hold this.",n);return c}let o={Accept:"application/json",...t.headers},s;t.json!==
void 0?(o["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&(o["Content-Type"]="text/plain",s=t.text),(t.method??"GET")!=="GET"&&(o["\
X-Mistral-Console"]="1");let r=o["X-Auth-Token"]||e==="/console/session"?void 0:V.get();r?o["X-Auth-Token"]=r:t.asAdmin&&(o["X-Roles"]="admin");let a,_;try{a=await fetch(
e,{method:t.method??"GET",headers:o,body:s,signal:t.signal}),_=await a.text()}catch(c){throw c.name==="AbortError"?c:new P(0,"The server cannot be reached.",n)}
if(a.status===401&&e!=="/console/session"&&Ct.set(!0),!a.ok)throw new P(a.status,Pt(_,a),n);return _?JSON.parse(_):void 0}function Pt(e,t){try{let n=JSON.parse(
e);return n.faultstring??n.message??n.description??n.title??e}catch{return e.slice(0,500)||t.statusText}}function un(e){let t=new URLSearchParams;for(let[o,s]of Object.
entries(e))s!==void 0&&s!==""&&t.set(o,String(s));let n=t.toString();return n?`?${n}`:""}var cn=encodeURIComponent;function dn(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var rt=new Map;function K(e,t){let n=rt.
get(t);return n||(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),rt.set(t,n)),n.format(e)}function Se(e){if(e===void 0)return"\
\u2013";let t=F.get();return t==="UTC"?`${K(e,"UTC")}Z`:K(e,t==="local"?void 0:t)}function Te(e){if(e===void 0)return"";let t=F.get(),n=t==="UTC"||t==="local"?"":
`
${K(e,t)} ${t}`;return`${K(e,"UTC")} UTC
${K(e,void 0)} local${n}`}function st(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,o=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${o(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${o(n%3600/60)} m`:`${Math.floor(n/86400)} d ${o(n%86400/3600)} h`}var Nt={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function it(e){let[t,n]=Nt[e]??["\xB7","idle"];return{sign:t,colour:n}}var pn=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],hn=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),mn=e=>e.toLocaleString("en");function gn(e){let t=["B","KB","MB","GB","TB"],n=0,
o=e;for(;o>=1024&&n<t.length-1;)o/=1024,n+=1;return`${o<10&&n?o.toFixed(1):Math.round(o)} ${t[n]}`}var $t=Symbol.for("pv"),Lt=0;function l(e,t,n,o,s,r){t||(t={});var a,_,c=t;if("ref"in c&&typeof e!="function")for(_ in c={},t)_=="ref"?a=t[_]:c[_]=t[_];var d={type:e,props:c,key:n,ref:a,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:$t,__v:--Lt,__i:-1,__u:0};return(s||r)&&(d.__source=s,d.__self=r),y.vnode&&y.vnode(d),d}function Cn({state:e,short:t}){let{sign:n,colour:o}=it(e);return l("span",{class:`state state-${o}`,children:[l("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function En({time:e}){return F.use(),l("time",{title:Te(e),children:Se(e)})}function Pn({time:e}){let[,t]=T(0);if($(()=>{let o=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(o)},[]),e===void 0)return null;let n=e-Date.now();return l("time",{title:Te(e),children:n>0?`in ${st(n*1e3)}`:"now"})}function at({
error:e,again:t,at:n}){let o=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return l("div",{class:"failure",role:"\
alert",children:[l("p",{children:[l("strong",{children:e.status||"No answer"})," ",e.message]}),o&&l("p",{children:o}),!!n&&l("p",{class:"muted",children:["What\
 is shown is from ",Se(n),"."]}),l("details",{children:[l("summary",{children:"The request"}),l("pre",{children:e.request})]}),t&&l("button",{onClick:t,children:"\
Try again"})]})}function Nn({of:e,children:t}){let{data:n,error:o,at:s,again:r}=e,[a,_]=T(!1),c=n===void 0&&!o;return $(()=>{if(!c)return _(!1);let d=setTimeout(
()=>_(!0),150);return()=>clearTimeout(d)},[c]),l(D,{children:[o&&l(at,{error:o,again:r,at:n===void 0?void 0:s}),c&&a&&l("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[l("i",{}),l("i",{}),l("i",{})]}),n!==void 0&&l("div",{class:o?"stale":void 0,children:t(n)})]})}function $n({look:e,isNews:t,children:n}){
let o=J(null),[s,r]=T(!1);return $(()=>{let a=o.current,_=()=>r(a.scrollHeight>a.clientHeight),c=new ResizeObserver(_);return c.observe(a),_(),()=>c.disconnect()},
[n]),l("pre",{ref:o,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,children:n})}function Ln({children:e}){return l("div",{class:"e\
mpty",children:e})}function Ot({title:e,close:t,children:n}){let o=J(null);return $(()=>{let s=o.current,r=document.activeElement;return s.showModal(),()=>{s.close(),
r?.focus?.()}},[]),l("dialog",{ref:o,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[l("h2",{children:e}),n]})}function On({title:e,children:t,label:n,
act:o,close:s}){let[r,a]=T(),[_,c]=T(!1);return l(Ot,{title:e,close:s,children:[t,r&&l(at,{error:r}),l("div",{class:"buttons",children:[l("button",{class:"prima\
ry",disabled:_,onClick:async()=>{c(!0);try{await o(),s()}catch(u){a(u instanceof P?u:new P(0,String(u),""))}c(!1)},children:n}),l("button",{onClick:s,children:"\
Leave it"})]})]})}function At({text:e,label:t="Copy"}){let[n,o]=T(!1);return l("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(e),
o(!0),setTimeout(()=>o(!1),1500)},children:n?"Copied":t})}var Dt=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,Ce=100,_e=2e3;function _t({
value:e,name:t,depth:n=0}){let[o,s]=T(n<2),[r,a]=T(Ce),[_,c]=T(!(t&&Dt.test(t))),d=t!==void 0&&l("span",{class:"json-key",children:[t,": "]});if(!_)return l("di\
v",{children:[d,l("button",{class:"small",onClick:()=>c(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(e===null||typeof e!="object"){let i=typeof e=="stri\
ng"?e:JSON.stringify(e),f=i.length>_e&&!o;return l("div",{children:[d,l("span",{class:`json-${e===null?"null":typeof e}`,children:i.length>_e&&(f||n<2)&&r===Ce?
`${i.slice(0,_e)}\u2026`:i}),i.length>_e&&r===Ce&&l("button",{class:"small",onClick:()=>{a(1/0),s(!0)},children:["all ",i.length.toLocaleString("en")," characte\
rs"]})]})}let u=Array.isArray(e),h=u?e.map((i,f)=>[String(f),i]):Object.entries(e),m=u?`[${h.length}]`:`{${h.length}}`;return h.length?l("div",{children:[l("but\
ton",{class:"json-fold","aria-expanded":o,onClick:()=>s(!o),children:[o?"\u25BE":"\u25B8"," ",d,l("span",{class:"muted",children:m})]}),o&&l("div",{class:"json-\
members",children:[h.slice(0,r).map(([i,f])=>l(_t,{name:i,value:f,depth:n+1},i)),h.length>r&&l("button",{class:"small",onClick:()=>a(r+1e3),children:[h.length-r,
" more"]})]})]}):l("div",{children:[d,l("span",{class:"muted",children:u?"[]":"{}"})]})}function jt(e){if(typeof e!="string")return e??null;try{return JSON.parse(
e)}catch{return e}}function An({title:e,value:t}){let n=jt(t);return l("section",{class:"data",children:[l("h3",{children:[e," ",l(At,{text:typeof n=="string"?n:
JSON.stringify(n,null,2)})]}),l(_t,{value:n})]})}var Rt=3e4;function Hn(e,t=0,n=!1,o){let[s,r]=T({at:0}),[a,_]=T(0),c=J(0),d=V.use(),u=o===void 0?void 0:JSON.stringify(o),h=ke(()=>_(f=>f+1),[]),m=ke(f=>r(x=>x.
data===void 0?x:{...x,data:f(x.data)}),[]);$(()=>{if(e===void 0)return;let f=new AbortController,x=0,g=!0,b=v=>{v>0&&!f.signal.aborted&&!G.get()&&(x=window.setTimeout(
p,v))},p=async()=>{if(document.hidden&&!g)return b(t||2e3);g=!1;try{let v=await ot(e,{signal:f.signal,asAdmin:n,...u===void 0?{}:{method:"POST",json:JSON.parse(
u)}});c.current=0,ae.reached(),r({path:e,data:v,at:Date.now()}),b(t)}catch(v){if(v.name==="AbortError")return;let k=v instanceof P?v:new P(0,`The answer cannot \
be read: ${v}`,e);c.current+=1,k.status===0?ae.lost():ae.reached(),r(R=>({path:e,data:R.path===e?R.data:void 0,error:k,at:R.at})),(k.status===0||k.status>=500)&&
b(Math.min(Rt,1e3*2**c.current))}};return p(),()=>{f.abort(),clearTimeout(x)}},[e,t,a,d,n,u]);let i=s.path===e;return{data:i?s.data:void 0,error:i?s.error:void 0,
at:s.at,again:h,patch:m}}export{D as a,ee as b,It as c,T as d,$ as e,J as f,Xe as g,C as h,Bt as i,zt as j,et as k,Jt as l,F as m,xt as n,Kt as o,Zt as p,Xt as q,Qt as r,tn as s,G as t,
rn as u,V as v,wt as w,nt as x,St as y,Ct as z,P as A,ot as B,un as C,cn as D,dn as E,Se as F,st as G,it as H,pn as I,hn as J,mn as K,gn as L,l as M,Cn as N,En as O,
Pn as P,at as Q,Nn as R,$n as S,Ln as T,Ot as U,On as V,At as W,_t as X,jt as Y,An as Z,Hn as _};
