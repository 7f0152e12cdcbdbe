var v,Ne,at,A,ue,te,Ae,X,De,le,ce,ut,F=Symbol.for("pv"),ne={},oe=[],ct=/^m(i|n|o|s|text|space)$/,fe=Array.isArray,Oe=oe.slice,M=Object.assign;function j(e){e&&e.
parentNode&&e.remove()}function Q(e,t,n,o,s){var r={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:F,__v:s||++Ne,__i:-1,__u:0};return!s&&v.vnode&&v.vnode(
r),r}function O(e){return e.children}function Y(e,t){this.props=e,this.context=t,this.__g=0}function D(e,t){if(t==null)return e.__&&D(e.__,e.__i+1);for(var n;t<e.__k.
length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:D(e)}function lt(e){var t,n=e.__v,o=n.__e,s=[],r=[],_=e.__P;_&&
((t=M({constructor:F},n)).__v=n.__v+1,v.vnode&&v.vnode(t),de(_,t,n,e.__n,_.namespaceURI,32&n.__u?[o]:null,s,o||D(n),32&n.__u,r),t.__v=n.__v,t.__.__k[t.__i]=t,He(
s,t,r),n.__=n.__e=null,t.__e!=o&&Re(t))}function Re(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),Re(e)}
function Pe(e){(8&e.__g||(e.__g|=8,A.push(e),te++))&&ue==v.debounceRendering||((ue=v.debounceRendering)||queueMicrotask)(Ue)}function Ue(){try{for(var e,t=1;A.length;)
A.length>t&&A.sort(Ae),e=A.shift(),t=A.length,8&e.__g&&lt(e)}finally{(te=A.length)&&(ue||queueMicrotask)(Ue)}}function Ie(e,t,n,o,s,r,_,a,c,d,u){var m,p,i,f,b,y,
g=o.__k||oe,h=t.length;for(c=ft(n,t,g,c,h),m=0;m<h;m++)(i=n.__k[m])!=null&&(p=~i.__i&&g[i.__i]||ne,i.__i=m,y=de(e,i,p,s,r,_,a,c,d,u),f=i.__e,(p.ref!=i.ref||8&p.
__u)&&(p.ref&&pe(p.ref,null,i,p),i.ref&&u.push(i.ref,i.__c||f,i)),b=b||f,4&i.__u?(c=je(i,c,e,!p.__v),p.__e&&(p.__e=null)):typeof i.type=="function"&&y!==void 0?
c=y:f&&(c=f.nextSibling),i.__u&=-21);return n.__e=b,c}function ft(e,t,n,o,s){var r,_,a,c,d,u,m,p,i,f=n.length,b=f,y=0,g=0,h=e.__k=Array(s);for(r=0;r<s;r++)(_=t[r])!=
null&&typeof _!="boolean"&&typeof _!="function"?(typeof _!="object"||_.constructor===String?_=h[r]=Q(null,_):fe(_)?_=h[r]=Q(O,{children:_}):_.constructor===F&&_.
__b?_=h[r]=Q(_.type,_.props,_.key,_.ref,_.__v):h[r]=_,c=r+y,_.__=e,_.__b=e.__b+1,a=null,~(d=_.__i=dt(_,n,c,b))&&(b--,(a=n[d])&&(a.__u|=2)),a&&a.__v?(_.__u|=16,d==
c-1?y--:d==c+1?y++:d!=c&&(d>c?y--:y++,g=1)):(~d||(s>f?y--:s<f&&y++),typeof _.type!="function"&&(_.__u|=4))):h[r]=null;if(g){for(u=[],m=[],r=0;r<s;r++)if((_=h[r])&&
16&_.__u){for(y=0,p=u.length;y<p;)u[i=y+p>>1]<_.__i?y=i+1:p=i;u[y]=_.__i,m[r]=y+1}for(y=u.length;r--;)m[r]&&(m[r]==y?y--:h[r].__u|=4)}if(b)for(r=0;r<f;r++)!(a=n[r])||
2&a.__u||(a.__e==o&&(o=D(a)),he(a,a));return o}function je(e,t,n,o){var s,r,_,a;if(typeof e.type=="function"){if(e.props.__P)return t;if(s=e.__k)for(r=0;r<s.length;r++)
s[r]&&(s[r].__=e,t=je(s[r],t,n,!1));return t}for(t&&!t.parentNode&&(t=D(e))&&!t.parentNode&&(t=null),_=e.__e,a=t;a&&a.nodeType==8;)a=a.nextSibling;for(_!=a&&(!o&&
n.moveBefore&&_.parentNode?n.moveBefore(_,t):n.insertBefore(_,t||null)),t=_;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function dt(e,t,n,o){var s,r=e.key,_=e.type,a=t[n],c=a&&!(2&a.__u);if(a===null&&r==null||c&&r==a.key&&_==a.type)return n;if(o>(c?1:0)){for(s=n-1;s>=0;s--)if((a=
t[s])&&!(2&a.__u)&&r==a.key&&_==a.type)return s;for(s=n+1;s<t.length;s++)if((a=t[s])&&!(2&a.__u)&&r==a.key&&_==a.type)return s}return-1}function Le(e,t,n){n==null&&
(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function Z(e,t,n,o,s){var r,_;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.
cssText=o=""),o)for(t in o)n&&t in n||Le(e.style,t);if(n)for(t in n)o&&n[t]==o[t]||Le(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),
typeof o!="function"&&(o=null),(e.__e||(e.__e={}))[t]=n,n&&o||(_=ce[t]||(ce[t]=pt(t)),(e.__a||(e.__a={}))[t]=le,r=t!=(t=t.replace(De,"$1")),(t=t.slice(2))[0]<"a"&&
(t=t.toLowerCase()),n?e.addEventListener(t,_,r):e.removeEventListener(t,_,r));else{if(s=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,
"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)
try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function pt(e){
return function(t){var n=this.__e;if(n){if(n=n[e],t[X]==null)t[X]=le++;else if(t[X]<this.__a[e])return;return n(v.event?v.event(t):t)}}}function de(e,t,n,o,s,r,_,a,c,d){
var u,m,p,i,f,b,y,g,h,k,x,ae,Ee,J,U,$e,N,I,P=t.type;if(t.constructor!==F)return null;128&n.__u&&(c=32&n.__u,u=n.__c.__z)&&(t.__u|=c,m=r=[],u.nodeType==8?a=ee(u,
r):r.push(u),a=r[0]||a),(u=v.__b)&&u(t);e:if(typeof P=="function"){p=_.length;try{if(g=t.props,h=(u=P.prototype)&&u.render,k=(u=P.contextType)&&o[u.__c],x=u?k?k.
props.value:u.__:o,(i=n.__c)?(t.__c=i,2&i.__g&&(i.__g|=1)):(h?t.__c=i=new P(g,x):(t.__c=i=new Y(g,x),i.constructor=P,i.render=mt),k&&k.sub(i),i.state||(i.state=
{}),i.__n=o,i.__g|=8,i.__h=[],i.__k=[]),h&&(i.__s||(i.__s=i.state),P.getDerivedStateFromProps&&(i.__s==i.state&&(i.__s=M({},i.__s)),M(i.__s,P.getDerivedStateFromProps(
g,i.__s)))),f=i.props,b=i.state,i.__v=t,n.__c){if(g!==f&&h&&!P.getDerivedStateFromProps&&i.componentWillReceiveProps&&i.componentWillReceiveProps(g,x),t.__v==n.
__v&&!(8&i.__g)||!(4&i.__g)&&i.shouldComponentUpdate&&i.shouldComponentUpdate(g,i.__s,x)===!1){t.__v!=n.__v&&(i.props=g,i.state=i.__s,i.__g&=-9),t.__e=n.__e,t.__k=
n.__k,t.__k.some(function(E){E&&(E.__=t)}),oe.push.apply(i.__h,i.__k),i.__k=[],i.__h.length&&_.push(i),a=D(n);break e}i.componentWillUpdate&&i.componentWillUpdate(
g,i.__s,x),h&&i.componentDidUpdate&&i.__h.push(function(){i.componentDidUpdate(f,b,y)})}else h&&!P.getDerivedStateFromProps&&i.componentWillMount&&i.componentWillMount(),
h&&i.componentDidMount&&i.__h.push(i.componentDidMount);i.context=x,i.props=g,i.__P=e,i.__g&=-5,ae=v.__r,Ee=h?25:0;do i.__g&=-9,ae&&ae(t),u=i.render(i.props,i.state=
i.__s,i.context);while(8&i.__g&&++Ee<25);h&&(oe.push.apply(i.__h,i.__k),i.__k=[]),i.state=i.__s,i.getChildContext&&(o=M({},o,i.getChildContext())),h&&n.__c&&i.getSnapshotBeforeUpdate&&
(y=i.getSnapshotBeforeUpdate(f,b)),J=u&&u.type===O&&u.key==null?u.props.children:u,g.__P&&(u=a,s=(e=g.__P).namespaceURI,c=r=null,n.props&&n.props.__P!=e&&(n.__k.
some(function(E){E&&he(E,E)}),n.__k=null),a=n.__k?D(n,0):null),a=Ie(e,fe(J)?J:[J],t,n,o,s,r,_,a,c,d),g.__P&&(t.__e=null,a=u),t.__u&=-161,m&&m.some(j),i.__h.length&&
_.push(i),1&i.__g&&(i.__g&=-4)}catch(E){if(_.length=p,t.__v=null,c||r)if(E&&E.then){if(t.__u|=128|c,r){for(~(N=r.indexOf(a||void 0))||(N=r.length);(I=r[N-1])&&I.
nodeType==8;)N--;for(;N<r.length;N++)if(I=r[N])if(r[N]=null,U){if(I==$e)break}else{if(I.nodeType!=8)break;I.data.startsWith("$s")&&($e=ee(U=I))}}if(!U){for(;a&&
a.nodeType==8&&a.nextSibling;)a=a.nextSibling;U=a}(u=ee(U=t.__c.__z||(t.__c.__z=U)))?(t.__e=U,a=u):t.__e=a,a=a&&a.nextSibling}else r&&r.some(j);else t.__e=n.__e;
t.__k||(t.__k=n.__k||[]),E&&E.then||Me(t),v.__e(E,t,n)}}else a=t.__e=ht(n.__e,t,n,o,s,r,_,c,d,e);return(u=v.diffed)&&u(t),a}function ee(e,t){if(e&&e.nodeType==8&&
e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(
e)}}function Me(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(Me))}function He(e,t,n){for(var o=0;o<n.length;)pe(n[o++],n[o++],n[o++]);v.__c&&v.__c(t,e),e.some(
function(s){try{e=s.__h,s.__h=[],e.some(function(r){r.call(s)})}catch(r){v.__e(r,s.__v)}})}function ht(e,t,n,o,s,r,_,a,c,d){var u,m,p,i,f,b,y,g,h=n.props||ne,k=t.
props,x=t.type;if(x=="svg"?s="http://www.w3.org/2000/svg":x=="math"?s="http://www.w3.org/1998/Math/MathML":s||(s="http://www.w3.org/1999/xhtml"),r){for(u=0;u<r.
length;u++)if((f=r[u])&&(x?f.localName==x:f.nodeType==3)){e=f,r[u]=null;break}}if(!e){if(g=d.ownerDocument||document,!x)return g.createTextNode(k);e=g.createElementNS(
s,x,k.is?k:d),a&&(v.__m&&v.__m(t,r),a=!1),r=null}if(x){if(d=x=="template"&&e.content||e,r=x=="textarea"&&k.defaultValue!=null?null:r&&Oe.call(d.childNodes),!a&&
r)for(h={},u=0;u<e.attributes.length;u++)h[(f=e.attributes[u]).name]=f.value;for(u in h)f=h[u],u=="dangerouslySetInnerHTML"?p=f:u=="children"||u in k||u=="value"&&
"defaultValue"in k||u=="checked"&&"defaultChecked"in k||Z(e,u,null,f,s);for(u in k)f=k[u],u=="children"?i=f:u=="dangerouslySetInnerHTML"?m=f:u=="value"?b=f:u=="\
checked"?y=f:a&&typeof f!="function"||h[u]===f||Z(e,u,f,h[u],s);m?(a||p&&(m.__html==p.__html||m.__html==e.innerHTML)||(e.innerHTML=m.__html),t.__k=[]):(p&&(e.textContent=
""),(x=="foreignObject"||s=="http://www.w3.org/1998/Math/MathML"&&ct.test(x))&&(s="http://www.w3.org/1999/xhtml"),Ie(d,fe(i)?i:[i],t,n,o,s,r,_,r?r[0]:n.__k&&D(n,
0),a,c),r&&r.some(j)),a&&x!="textarea"||(u="value",x=="progress"&&b==null?e.removeAttribute(u):b==null||b===e[u]&&(x!="progress"||b)||Z(e,u,b,h[u],s),u="checked",
y!=null&&y!=e[u]&&Z(e,u,y,h[u],s))}else h===k||a&&e.data==k||(e.data=k);return e}function pe(e,t,n,o){try{typeof e=="function"?t?t.__x=e(t)||1:o&&(o=o.__c||o.__e)&&
(t=o.__x)&&(o.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(s){v.__e(s,n)}}function he(e,t,n){var o,s,r,_;if(v.unmount&&v.unmount(e),!(o=e.ref)||
o.current&&o.current!=e.__e||pe(o,null,t,e),o=e.__c){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(a){v.__e(a,t)}o.__P=o.__n=null}if(o=e.__k)for(_=
0;_<o.length;_++)o[_]&&he(o[_],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(o=e.__c)&&(o=o.__z)&&(s=ee(o,r=[]))&&(o==e.__e&&r.some(j),j(s),j(o)),n||j(e.__e),
e.__e=e.__c=e.__=null}function mt(e,t,n){return this.constructor(e,n)}function Dt(e,t){var n,o,s,r;v.__&&v.__(e,t),t.nodeType==9&&(t=t.documentElement),o=(n=e&&
32&e.__u)?null:t.__k,t.__k=Q(O,{children:[e]}),s=[],r=[],de(t,t.__k,o||ne,ne,t.namespaceURI,o?null:t.firstChild?Oe.call(t.childNodes):null,s,o?o.__e:t.firstChild,
n,r),He(s,t.__k,r),t.__k.props.children=null}v={__e:function(e,t,n,o){for(var s,r,_;t=t.__;)if((s=t.__c)&&!(1&s.__g)){s.__g|=4;try{if((_=(r=s.constructor)&&r.getDerivedStateFromError)&&s.setState(r.getDerivedStateFromError(
e)),s.componentDidCatch&&(s.componentDidCatch(e,o||{}),_=1),_&&8&s.__g)return void(s.__g|=2)}catch(a){e=a}}throw te=0,e}},Ne=0,at=function(e){return e!=null&&e.
constructor===F},Y.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=M({},this.state)),typeof e=="function"&&(e=e(M({},n),this.props)),
e&&(M(n,e),this.__v&&(t&&this.__k.push(t),Pe(this)))},Y.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Pe(this))},Y.prototype.render=
O,A=[],te=0,Ae=function(e,t){return e.__v.__b-t.__v.__b},X=Symbol(),De=/(PointerCapture)$|Capture$/i,le=0,ce={},ut=0;var q,T,me,Fe,ge=Object.is,B=0,Ze=[],ye=[],w=v,We=w.__b,qe=w.__r,Be=w.diffed,ze=w.__c,Ve=w.unmount,Ge=w.__;function be(e,t){w.__h&&w.__h(T,e,B||t),B=0;var n=T.__H||
(T.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function S(e){return B=1,gt(Ye,e)}function gt(e,t,n){var o=be(q++,2);if(o.t=e,!o.__c&&(o.__=
[n?n(t):Ye(void 0,t),function(r){var _=(o.__N||o.__)[0],a=o.t(_,r);ge(_,a)||(o.__N=[a,o.__[1]],o.__c.setState({}))}],o.__c=T,!T.__f)){T.__f=!0;var s=T.shouldComponentUpdate;
T.shouldComponentUpdate=function(r,_,a){var c=this.__H;if(!c)return!0;var d=!1,u=this.props!=r;if(c.__.some(function(p){p.__N&&(d=!0,ge(p.__[0],p.__N[0])||(u=!0))}),
s){var m=s.call(this,r,_,a);return d?m||u:m}return!d||u}}return o.__}function L(e,t){var n=be(q++,3);!w.__s&&Qe(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,T.__H.__h.push(
n))}function z(e){return B=5,Xe(function(){return{current:e}},[])}function Xe(e,t){var n=be(q++,7);return Qe(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function ke(e,t){return B=8,Xe(function(){return e},t)}function yt(){var e;do{for(;e=ye.shift();)try{W(e)}catch(n){w.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=Ze.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(W),t.__h.some(
ve),t.__h=[]}catch(n){t.__h=[],w.__e(n,e.__v)}}}while(ye.length)}w.__b=function(e){T=null,We&&We(e)},w.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Ge&&
Ge(e,t)},w.__r=function(e){qe&&qe(e),q=0;var t=(T=e.__c).__H;t&&(me==T?T.__h=[]:(t.__h.some(W),t.__h.some(ve),q=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.
__N),n.u=n.__N=void 0})),me=T},w.diffed=function(e){Be&&Be(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&Je(Ze.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),
me=T=null},w.__c=function(e,t){t.some(function(n){try{n.__h.some(W),n.__h=n.__h.filter(function(o){return!o.__||ve(o)})}catch(o){n.__h=[function(){throw o}]}}),
ze&&ze(e,t)},w.unmount=function(e){Ve&&Ve(e);var t,n,o=e.__c;o&&o.__H&&(o.__H.__.some(function(s){try{if(s.__P&&s.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.
__c.__P);)n=n.__;n=n&&n.__c}s.__P=n,Je(ye.push(s))}else W(s)}catch(r){t=r}}),o.__H=void 0,t&&w.__e(t,o.__v))};var Ke=typeof requestAnimationFrame=="function";function vt(e){
var t,n=function(){clearTimeout(o),Ke&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);Ke&&(t=requestAnimationFrame(n))}function Je(e){e!=1&&Fe==w.requestAnimationFrame||
((Fe=w.requestAnimationFrame)||vt)(yt)}function W(e){var t=T,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),T=t}function ve(e){var t=T;e.__c=e.__(),T=t}function Qe(e,t){
return!e||e.length!=t.length||t.some(function(n,o){return!ge(n,e[o])})}function Ye(e,t){return typeof t=="function"?t(e):t}function C(e){let t=e,n=new Set;return{get:()=>t,set:o=>{if(!Object.is(t,o)){t=o;for(let s of n)s()}},listen:o=>{n.add(o)},use:()=>{let[,o]=S(0);return L(()=>{let s=()=>o(
r=>r+1);return n.add(s),()=>{n.delete(s)}},[]),t}}}var R="/console";function re(){return{path:location.pathname.slice(R.length).split("/").filter(Boolean).map(bt),query:new URLSearchParams(location.search)}}function bt(e){
try{return decodeURIComponent(e)}catch{return e}}var xe=C(re()),Ht=xe.use;addEventListener("popstate",()=>xe.set(re()));var Ft=e=>R+e;function et(e,t=!1){R+e!==
location.pathname+location.search&&(history[t?"replaceState":"pushState"](null,"",R+e),xe.set(re()))}function Wt(e,t=!1){let{query:n}=re();for(let[s,r]of Object.
entries(e))r?n.set(s,r):n.delete(s);let o=n.toString();et(location.pathname.slice(R.length)+(o?`?${o}`:""),t)}addEventListener("click",e=>{if(e.defaultPrevented||
e.button!==0||e.metaKey||e.ctrlKey||e.shiftKey||e.altKey)return;let t=e.target.closest?.("a");!t||t.target||t.origin!==location.origin||!t.pathname.startsWith(`${R}\
/`)||t.pathname.startsWith(`${R}/a/`)||(e.preventDefault(),et(t.pathname.slice(R.length)+t.search),scrollTo(0,0))});var we=(e,t)=>localStorage.getItem(`mistral.${e}`)??t,H=C(we("zone","local")),kt=C(we("theme","system")),zt=C(we("keys","on")==="on"),Vt=()=>Intl.supportedValuesOf?.(
"timeZone").filter(e=>e!=="UTC")??[];function Gt(e){localStorage.setItem("mistral.zone",e),H.set(e)}function Kt(e){localStorage.setItem("mistral.theme",e),e==="\
system"?delete document.documentElement.dataset.theme:document.documentElement.dataset.theme=e,kt.set(e)}var se=C(void 0),ie={reached:()=>se.set(void 0),lost:()=>{se.get()===void 0&&se.set(Date.now())}},Xt=se.use;var V=C(void 0);function en(e,t){let n=new Map,o={execution:"",taken:0,name:e,answers:n,truncated:!1};for(let s of t.split(`
`)){if(!s)continue;let{path:r,body:_}=JSON.parse(s);r?n.set(r,_):_.kind==="mistral-execution"?(o.execution=String(_.execution),o.taken=Number(_.taken_us)/1e3):_.
truncated&&(o.truncated=!0)}if(!o.execution)throw new Error("This is no file of an execution.");return o}function tt(e){return V.get()?.answers.get(e.split("?")[0])}var G=C(sessionStorage.getItem("mistral.token")??void 0);function rn(e){e?sessionStorage.setItem("mistral.token",e):sessionStorage.removeItem("mistral.token"),G.
set(e)}var xt=C(!1),$=class extends Error{constructor(n,o,s){super(o);this.status=n;this.request=s}status;request};function wt(e,t){let n=s=>`'${s.replaceAll("'",
"'\\''")}'`,o=["curl"];return t.method&&t.method!=="GET"&&o.push("-X",t.method),G.get()&&o.push('-H "X-Auth-Token: $TOKEN"'),t.json!==void 0&&o.push("-H 'Conten\
t-Type: application/json' -d",n(JSON.stringify(t.json))),t.text!==void 0&&o.push("-H 'Content-Type: text/plain' --data-binary @-"),o.push(n(location.origin+e)),
o.join(" ")}async function nt(e,t={}){let n=wt(e,t);if(V.get()){let c=tt(e);if(c===void 0||(t.method??"GET")!=="GET")throw new $(404,"The file does not hold thi\
s.",n);return c}let o={Accept:"application/json",...t.headers},s;t.json!==void 0?(o["Content-Type"]="application/json",s=JSON.stringify(t.json)):t.text!==void 0&&
(o["Content-Type"]="text/plain",s=t.text);let r=G.get();r?o["X-Auth-Token"]=r:t.asAdmin&&(o["X-Roles"]="admin");let _,a;try{_=await fetch(e,{method:t.method??"G\
ET",headers:o,body:s,signal:t.signal}),a=await _.text()}catch(c){throw c.name==="AbortError"?c:new $(0,"The server cannot be reached.",n)}if(_.status===401&&xt.
set(!0),!_.ok)throw new $(_.status,Tt(a,_),n);return a?JSON.parse(a):void 0}function Tt(e,t){try{let n=JSON.parse(e);return n.faultstring??n.message??n.description??
n.title??e}catch{return e.slice(0,500)||t.statusText}}function sn(e){let t=new URLSearchParams;for(let[o,s]of Object.entries(e))s!==void 0&&s!==""&&t.set(o,String(
s));let n=t.toString();return n?`?${n}`:""}var _n=encodeURIComponent;function cn(e){if(!e)return;let t=Date.parse(`${e.replace(" ","T").replace(/Z$/,"")}Z`);return Number.isNaN(t)?void 0:t}var ot=new Map;function K(e,t){let n=ot.
get(t);return n||(n=new Intl.DateTimeFormat("sv-SE",{dateStyle:"short",timeStyle:"medium",timeZone:t}),ot.set(t,n)),n.format(e)}function Te(e){if(e===void 0)return"\
\u2013";let t=H.get();return t==="UTC"?`${K(e,"UTC")}Z`:K(e,t==="local"?void 0:t)}function Se(e){if(e===void 0)return"";let t=H.get(),n=t==="UTC"||t==="local"?"":
`
${K(e,t)} ${t}`;return`${K(e,"UTC")} UTC
${K(e,void 0)} local${n}`}function rt(e){if(e==null)return"\u2013";let t=e/1e3;if(e===0)return"at once";if(t<1)return`${e.toFixed(0)} \xB5s`;if(t<1e3)return`${t<
100?t.toFixed(1):t.toFixed(0)} ms`;let n=t/1e3,o=s=>String(Math.floor(s)).padStart(2,"0");return n<60?`${n<10?n.toFixed(1):Math.floor(n)} s`:n<3600?`${Math.floor(
n/60)} m ${o(n%60)} s`:n<86400?`${Math.floor(n/3600)} h ${o(n%3600/60)} m`:`${Math.floor(n/86400)} d ${o(n%86400/3600)} h`}var St={RUNNING:["\u25D0","running"],
SUCCESS:["\u25CF","success"],ERROR:["\u2716","error"],PAUSED:["\u2016","paused"],DELAYED:["\u25F7","delayed"],WAITING:["\u25CB","idle"],IDLE:["\u25CB","idle"],CANCELLED:[
"\u2298","cancelled"],SKIPPED:["\u293C","skipped"]};function st(e){let[t,n]=St[e]??["\xB7","idle"];return{sign:t,colour:n}}var ln=["RUNNING","ERROR","PAUSED","S\
UCCESS","CANCELLED"],fn=e=>["SUCCESS","ERROR","CANCELLED","SKIPPED"].includes(e),dn=e=>e.toLocaleString("en");function pn(e){let t=["B","KB","MB","GB","TB"],n=0,
o=e;for(;o>=1024&&n<t.length-1;)o/=1024,n+=1;return`${o<10&&n?o.toFixed(1):Math.round(o)} ${t[n]}`}var Ct=Symbol.for("pv"),Et=0;function l(e,t,n,o,s,r){t||(t={});var _,a,c=t;if("ref"in c&&typeof e!="function")for(a in c={},t)a=="ref"?_=t[a]:c[a]=t[a];var d={type:e,props:c,key:n,ref:_,__k:null,
__:null,__b:0,__e:null,__c:null,constructor:Ct,__v:--Et,__i:-1,__u:0};return(s||r)&&(d.__source=s,d.__self=r),v.vnode&&v.vnode(d),d}function wn({state:e,short:t}){let{sign:n,colour:o}=st(e);return l("span",{class:`state state-${o}`,children:[l("span",{"aria-hidden":"true",children:n}),t?"":`\
 ${e}`]})}function Tn({time:e}){return H.use(),l("time",{title:Se(e),children:Te(e)})}function Sn({time:e}){let[,t]=S(0);if(L(()=>{let o=setInterval(()=>t(s=>s+
1),1e3);return()=>clearInterval(o)},[]),e===void 0)return null;let n=e-Date.now();return l("time",{title:Se(e),children:n>0?`in ${rt(n*1e3)}`:"now"})}function it({
error:e,again:t,at:n}){let o=e.status===401?"This service asks who you are: sign in with a token, above.":e.status===403?"The service's policy does not let you \
see or do this.":e.status===404?"It has been deleted, has expired, or belongs to another project.":e.status===503?"The service is busy or has no database, or th\
e search took too long. Narrow it by state, workflow or time, or try again.":e.status===0?"It is tried again by itself.":"";return l("div",{class:"failure",role:"\
alert",children:[l("p",{children:[l("strong",{children:e.status||"No answer"})," ",e.message]}),o&&l("p",{children:o}),!!n&&l("p",{class:"muted",children:["What\
 is shown is from ",Te(n),"."]}),l("details",{children:[l("summary",{children:"The request"}),l("pre",{children:e.request})]}),t&&l("button",{onClick:t,children:"\
Try again"})]})}function Cn({of:e,children:t}){let{data:n,error:o,at:s,again:r}=e,[_,a]=S(!1),c=n===void 0&&!o;return L(()=>{if(!c)return a(!1);let d=setTimeout(
()=>a(!0),150);return()=>clearTimeout(d)},[c]),l(O,{children:[o&&l(it,{error:o,again:r,at:n===void 0?void 0:s}),c&&_&&l("div",{class:"skeleton",role:"status","a\
ria-label":"Loading",children:[l("i",{}),l("i",{}),l("i",{})]}),n!==void 0&&l("div",{class:o?"stale":void 0,children:t(n)})]})}function En({look:e,isNews:t,children:n}){
let o=z(null),[s,r]=S(!1);return L(()=>{let _=o.current,a=()=>r(_.scrollHeight>_.clientHeight),c=new ResizeObserver(a);return c.observe(_),a(),()=>c.disconnect()},
[n]),l("pre",{ref:o,class:`info${e?` state-${e}`:""}`,role:t?"status":void 0,tabIndex:s?0:void 0,children:n})}function $n({children:e}){return l("div",{class:"e\
mpty",children:e})}function $t({title:e,close:t,children:n}){let o=z(null);return L(()=>{let s=o.current,r=document.activeElement;return s.showModal(),()=>{s.close(),
r?.focus?.()}},[]),l("dialog",{ref:o,"aria-label":e,onCancel:s=>{s.preventDefault(),t()},children:[l("h2",{children:e}),n]})}function Pn({title:e,children:t,label:n,
act:o,close:s}){let[r,_]=S(),[a,c]=S(!1);return l($t,{title:e,close:s,children:[t,r&&l(it,{error:r}),l("div",{class:"buttons",children:[l("button",{class:"prima\
ry",disabled:a,onClick:async()=>{c(!0);try{await o(),s()}catch(u){_(u instanceof $?u:new $(0,String(u),""))}c(!1)},children:n}),l("button",{onClick:s,children:"\
Leave it"})]})]})}function Pt({text:e,label:t="Copy"}){let[n,o]=S(!1);return l("button",{class:"small",onClick:async()=>{await navigator.clipboard?.writeText(e),
o(!0),setTimeout(()=>o(!1),1500)},children:n?"Copied":t})}var Lt=/pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i,Ce=100,_e=2e3;function _t({
value:e,name:t,depth:n=0}){let[o,s]=S(n<2),[r,_]=S(Ce),[a,c]=S(!(t&&Lt.test(t))),d=t!==void 0&&l("span",{class:"json-key",children:[t,": "]});if(!a)return l("di\
v",{children:[d,l("button",{class:"small",onClick:()=>c(!0),children:"\u2022\u2022\u2022\u2022 show"})]});if(e===null||typeof e!="object"){let i=typeof e=="stri\
ng"?e:JSON.stringify(e),f=i.length>_e&&!o;return l("div",{children:[d,l("span",{class:`json-${e===null?"null":typeof e}`,children:i.length>_e&&(f||n<2)&&r===Ce?
`${i.slice(0,_e)}\u2026`:i}),i.length>_e&&r===Ce&&l("button",{class:"small",onClick:()=>{_(1/0),s(!0)},children:["all ",i.length.toLocaleString("en")," characte\
rs"]})]})}let u=Array.isArray(e),m=u?e.map((i,f)=>[String(f),i]):Object.entries(e),p=u?`[${m.length}]`:`{${m.length}}`;return m.length?l("div",{children:[l("but\
ton",{class:"json-fold","aria-expanded":o,onClick:()=>s(!o),children:[o?"\u25BE":"\u25B8"," ",d,l("span",{class:"muted",children:p})]}),o&&l("div",{class:"json-\
members",children:[m.slice(0,r).map(([i,f])=>l(_t,{name:i,value:f,depth:n+1},i)),m.length>r&&l("button",{class:"small",onClick:()=>_(r+1e3),children:[m.length-r,
" more"]})]})]}):l("div",{children:[d,l("span",{class:"muted",children:u?"[]":"{}"})]})}function Nt(e){if(typeof e!="string")return e??null;try{return JSON.parse(
e)}catch{return e}}function Ln({title:e,value:t}){let n=Nt(t);return l("section",{class:"data",children:[l("h3",{children:[e," ",l(Pt,{text:typeof n=="string"?n:
JSON.stringify(n,null,2)})]}),l(_t,{value:n})]})}var At=3e4;function In(e,t=0,n=!1){let[o,s]=S({at:0}),[r,_]=S(0),a=z(0),c=G.use(),d=ke(()=>_(p=>p+1),[]),u=ke(p=>s(i=>i.data===void 0?i:{...i,data:p(i.data)}),[]);
L(()=>{if(e===void 0)return;let p=new AbortController,i=0,f=!0,b=g=>{g>0&&!p.signal.aborted&&!V.get()&&(i=window.setTimeout(y,g))},y=async()=>{if(document.hidden&&
!f)return b(t||2e3);f=!1;try{let g=await nt(e,{signal:p.signal,asAdmin:n});a.current=0,ie.reached(),s({path:e,data:g,at:Date.now()}),b(t)}catch(g){if(g.name==="\
AbortError")return;let h=g instanceof $?g:new $(0,`The answer cannot be read: ${g}`,e);a.current+=1,h.status===0?ie.lost():ie.reached(),s(k=>({path:e,data:k.path===
e?k.data:void 0,error:h,at:k.at})),(h.status===0||h.status>=500)&&b(Math.min(At,1e3*2**a.current))}};return y(),()=>{p.abort(),clearTimeout(i)}},[e,t,r,c,n]);let m=o.
path===e;return{data:m?o.data:void 0,error:m?o.error:void 0,at:o.at,again:d,patch:u}}export{O as a,Y as b,Dt as c,S as d,L as e,z as f,Xe as g,C as h,Ht as i,Ft as j,et as k,Wt as l,H as m,kt as n,zt as o,Vt as p,Gt as q,Kt as r,Xt as s,V as t,en as u,
G as v,rn as w,xt as x,$ as y,nt as z,sn as A,_n as B,cn as C,Te as D,rt as E,st as F,ln as G,fn as H,dn as I,pn as J,l as K,wn as L,Tn as M,Sn as N,it as O,Cn as P,
En as Q,$n as R,$t as S,Pn as T,Pt as U,_t as V,Nt as W,Ln as X,In as Y};
