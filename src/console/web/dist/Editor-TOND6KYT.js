import{a as Jo,b as Xo}from"./chunk-BVKP34EB.js";import{a as Yo}from"./chunk-C6IB2MYH.js";import"./chunk-CDLSKBXZ.js";import"./chunk-OB3QYSTV.js";
import{$ as v,G as ks,H as St,Q as _t,R as zo,a as wi,ba as Ko,c as ws,d as le,da as qo,e as at,ea as $o,f as tn,g as Qe,ga as vs,h as nn,ia as _o,ja as jo,la as ht,
p as Ho,pa as Uo,q as Vo,qa as Go,s as ki}from"./chunk-5UX6W7MZ.js";var Hc=["type","description","tags","input","vars","output","output-on-error","task-defaults","tasks"],Qo=["retry","timeout","wait-before","wait-after","pause-b\
efore","fail-on","concurrency"],Ss=["on-success","on-error","on-complete","on-skip"],Vc=["action","workflow","input","publish","publish-on-error","publish-on-sk\
ip",...Ss,"join","requires","with-items",...Qo,"keep-result","safe-rerun","target","description","tags"],zc=["count","delay","break-on","continue-on"],Kc=[...Ss,
...Qo,"requires","safe-rerun"],qc=["fail","succeed","pause","noop"],$c=40,Zo=4e3;function Cs(n,e){let t=n.slice(Math.max(0,e-Zo),e);for(let[i,s]of[["<%","%>"],[
"{{","}}"]]){let r=t.lastIndexOf(i);if(r<0||t.lastIndexOf(s)>r)continue;let o=n.indexOf(s,e);return{from:e-t.length+r,to:o<0?e:o+s.length}}}var rn=n=>({indent:n.
search(/\S/),key:/^\s*(?:- )?["']?([\w. -]+?)["']?\s*:/.exec(n)?.[1]});function As(n,e){let t=n.slice(0,e).split(`
`),i=t[t.length-1],s=i.trim()?i.search(/\S/):i.length,r=[];for(let o=t.length-2;o>=0&&s>0;o--){let l=rn(t[o]);l.indent<0||t[o].trimStart().startsWith("#")||l.indent>=
s||(s=l.indent,l.key&&r.unshift(l.key))}return r}function el(n){let e=new Set,t=-1,i=-1;for(let s of n.split(`
`)){let{indent:r,key:o}=rn(s);r<0||(t>=0&&r<=t&&(t=i=-1),o==="tasks"?t=r:t>=0&&o&&(i<0||r===i)&&(i=r,e.add(o)))}return[...e]}function _c(n){let e=new Set,t=n.split(
`
`),i=-1;t.forEach((s,r)=>{let{indent:o,key:l}=rn(s);if(!(o<0)&&(i>=0&&o<=i&&(i=-1),l==="tasks"&&(i=o),!(i>=0&&l==="input")&&!(!l||!/^(input|vars|publish|publish-on-error|publish-on-skip)$/.
test(l)))){for(let[,a]of s.slice(s.indexOf(":")+1).matchAll(/(?:^|[[{,])\s*-?\s*["']?([A-Za-z_]\w*)["']?\s*(?=[:,\]}]|$)/g))e.add(a);for(let a=r+1;a<t.length;a++){
let h=rn(t[a]);if(h.indent<0)continue;if(h.indent<=o&&!t[a].trimStart().startsWith("- ")||h.indent<o)break;let c=/^\s*(?:- )?["']?([A-Za-z_]\w*)["']?\s*(?::|$)/.
exec(t[a])?.[1];c&&e.add(c)}}});for(let[,s]of n.matchAll(/publish(?:-on-\w+)?:\s*\{\s*["']?([A-Za-z_]\w*)/g))e.add(s);return[...e]}function ct(n,e,t,i){if(!e&&!i)
return;let s=e.toLowerCase(),r=t.filter(a=>a.text.toLowerCase().startsWith(s)&&a.text!==e),o=t.filter(a=>!r.includes(a)&&s.length>1&&a.text.toLowerCase().includes(
s)&&a.text!==e),l=[...r,...o].slice(0,$c);return l.length?{from:n,items:l}:void 0}var sn=(n,e)=>n.map(t=>({text:t,note:e}));function jc(n,e,t,i){let s=n.slice(Math.
max(0,e-Zo),e),r=/(?:\$|\b_)\.(\w*)$/.exec(s);if(r){let h=t.sample??{},c=u=>u in h?(JSON.stringify(h[u])??"").slice(0,60):void 0,f=new Set([...Object.keys(h),..._c(
n)]);return ct(e-r[1].length,r[1],[...f].map(u=>({text:u,note:c(u)})),!0)}let o=/\btask\(\s*['"]?([\w-]*)$/.exec(s);if(o)return ct(e-o[1].length,o[1],sn(el(n),"\
task"),!0);let l=/([A-Za-z_]\w*)$/.exec(s)?.[1]??"",a=t.functions.map(h=>({text:h.name,insert:`${h.name}(`,note:h.signature}));return ct(e-l.length,l,a,i)}function tl(n,e,t,i){
if(Cs(n,e))return jc(n,e,t,i);let s=n.slice(n.lastIndexOf(`
`,e-1)+1,e),r=/(?:^|[{,\s])action:\s*([\w.-]*)$/.exec(s);if(r)return ct(e-r[1].length,r[1],t.actions.map(b=>({text:b.name,note:b.input})),!0);let o=/(?:^|[{,\s])action:\s*([\w.-]+)\s(?:.*\s)?(\w*)$/.
exec(s);if(o){let w=(t.actions.find(O=>O.name===o[1])?.input??"").split(",").map(O=>O.trim().split("=")).filter(([O])=>O);return ct(e-o[2].length,o[2],w.map(([O,
A])=>({text:O,insert:`${O}=`,note:A?`else ${A}`:"needed"})),i)}let l=/(?:^|[{,\s])workflow:\s*([\w.-]*)$/.exec(s);if(l)return ct(e-l[1].length,l[1],sn(t.workflows),
!0);let a=As(n,e),h=a[a.length-1],c=b=>b!==void 0&&(Ss.includes(b)||b==="requires"||b==="next"),f=/(?:^|[{,\s])(on-\w+|requires|next):\s*\[?(?:[^\]]*[,\s[])?([\w-]*)$/.
exec(s),u=/^\s*- ([\w-]*)$/.exec(s),d=f?f[2]:u&&c(h)?u[1]:void 0;if(d!==void 0&&(!f||c(f[1])))return ct(e-d.length,d,[...sn(el(n),"task"),...sn(qc,"command")],!0);
let p=/^(\s*)([\w-]*)$/.exec(s);if(!p)return;let m=a.lastIndexOf("tasks"),g=m<0?a.length:a.length-m,y=m<0?h==="task-defaults"?Kc:a.length===1?Hc:a.length===0?["\
version"]:[]:h==="retry"?zc:g===2?Vc:[];return ct(e-p[2].length,p[2],y.map(b=>({text:b,insert:`${b}: `})),i)}var Ts=[],rl=[];(()=>{let n="lc,34,7n,7,7b,19,,,,2,,2,,,20,b,1c,l,g,,2t,7,2,6,2,2,,4,z,,u,r,2j,b,1m,9,9,,o,4,,9,,3,,5,17,3,1n,9,16,o,,x,1i,3,,i,,7,a,2,t,3,1k,,,\
7,2,2,2,3,9,,a,2,q,,2,3,1k,,,5,4,2,2,3,3,,u,2,3,,b,3,1k,,,8,,3,,3,k,2,m,6,,3,1k,,,7,2,2,2,3,7,3,a,2,u,,1n,5,3,3,,4,9,,14,5,1j,,,7,,3,,4,7,2,b,2,t,3,1k,,,7,,3,,4\
,7,2,b,2,f,,c,4,1j,2,,7,,3,,4,9,,a,2,t,3,1y,,4,6,,,,8,i,2,1p,,,8,c,8,2q,,,a,b,7,21,2,r,,,,,,4,2,1d,k,,2,5,b,,10,9,,2u,b,,6,n,4,4,3,g,4,d,,,3,6,,f,,jj,3,qa,4,s,3\
,t,2,u,2,1s,w,9,,19,3,,,39,2,y,,3a,c,4,c,63,5,1l,a,,,,,2,o,2,,1c,1a,2,c,k,5,1b,h,12,9,c,3,u,d,1k,e,1c,k,48,3,,l,4,,6,,2,3,5i,1s,ek,,5f,x,2da,3,3x,,2o,w,fe,6,2x,\
2,n9w,4,,a,w,2,28,2,7k,,3,,4,,n,5,4,,2b,2,1e,i,q,i,d,,12,8,p,d,18,4,1b,e,10,,1v,e,c,,8,2,1a,,1f,,,3,2,2,5,2,,,15,5,5,2,6k,8,,2,fn4,,kh,g,g,g,a6,2,gt,,6a,,45,5,1\
ae,3,,2,5,4,14,3,4,,4l,2,fx,4,1t,5,8t,2,25,6,1y,b,1d,4,3e,3,1h,f,15,,2,2,a,4,19,b,7,,1p,3,10,e,g,2,18,,c,3,1c,e,8,4,,2,2k,c,6,,2,,4d,c,l,4,1j,2,,7,2,2,2,3,9,,a,\
2,2,7,3,5,1v,9,,,2,,,4,,5,,,e,2,2a,i,n,,29,k,6j,7,2,9,r,2,2a,h,2y,d,2t,3,2,a,74,f,6t,6,,2,2,4,,,,2,3x,7,2,7,3,,s,a,14,7,,4,8,,9,b,1a,g,5i,8,5j,8,,8,2a,m,,e,3e,6\
,3,,,2,,7,,,1u,5,,2,,5,9n,4,9,2,,,1c,7,3,5,n,,44l,,6,f,8ug,i,1xc,5,1n,7,t4,,,1j,7,4,29,,b,2,f57,2,3mp,1a,2,n,f2,5,3,6,8,8,2,7,u,4,44,3,1iz,1j,4,1e,8,,e,,m,5,,f,\
11s,7,,h,2,7,,2,,5,2s,,4g,7,af,,1p,4,e4,4,72,2,6r,,2,,7,2,5,,d6,7,31,7,240,5".split(",").map(e=>e?parseInt(e,36):1);for(let e=0,t=0;e<n.length;e++)(e%2?rl:Ts).push(
t=t+n[e])})();function Uc(n){if(n<768)return!1;for(let e=0,t=Ts.length;;){let i=e+t>>1;if(n<Ts[i])t=i;else if(n>=rl[i])e=i+1;else return!0;if(e==t)return!1}}function il(n){
return n>=127462&&n<=127487}var nl=8205;function ol(n,e,t=!0,i=!0){return(t?ll:Gc)(n,e,i)}function ll(n,e,t){if(e==n.length)return e;e&&al(n.charCodeAt(e))&&hl(n.charCodeAt(e-1))&&e--;let i=Ms(
n,e);for(e+=sl(i);e<n.length;){let s=Ms(n,e);if(i==nl||s==nl||t&&Uc(s))e+=sl(s),i=s;else if(il(s)){let r=0,o=e-2;for(;o>=0&&il(Ms(n,o));)r++,o-=2;if(r%2==0)break;
e+=2}else break}return e}function Gc(n,e,t){for(;e>1;){let i=ll(n,e-2,t);if(i<e)return i;e--}return 0}function Ms(n,e){let t=n.charCodeAt(e);if(!hl(t)||e+1==n.length)
return t;let i=n.charCodeAt(e+1);return al(i)?(t-55296<<10)+(i-56320)+65536:t}function al(n){return n>=56320&&n<57344}function hl(n){return n>=55296&&n<56320}function sl(n){
return n<65536?1:2}var N=class n{lineAt(e){if(e<0||e>this.length)throw new RangeError(`Invalid position ${e} in document of length ${this.length}`);return this.lineInner(e,!1,1,0)}line(e){
if(e<1||e>this.lines)throw new RangeError(`Invalid line number ${e} in ${this.lines}-line document`);return this.lineInner(e,!0,1,0)}replace(e,t,i){[e,t]=Jt(this,
e,t);let s=[];return this.decompose(0,e,s,2),i.length&&i.decompose(0,i.length,s,3),this.decompose(t,this.length,s,1),Ut.from(s,this.length-(t-e)+i.length)}append(e){
return this.replace(this.length,this.length,e)}slice(e,t=this.length){[e,t]=Jt(this,e,t);let i=[];return this.decompose(e,t,i,0),Ut.from(i,t-e)}eq(e){if(e==this)
return!0;if(e.length!=this.length||e.lines!=this.lines)return!1;let t=this.scanIdentical(e,1),i=this.length-this.scanIdentical(e,-1),s=new Tt(this),r=new Tt(e);
for(let o=t,l=t;;){if(s.next(o),r.next(o),o=0,s.lineBreak!=r.lineBreak||s.done!=r.done||s.value!=r.value)return!1;if(l+=s.value.length,s.done||l>=i)return!0}}iter(e=1){
return new Tt(this,e)}iterRange(e,t=this.length){return new cn(this,e,t)}iterLines(e,t){let i;if(e==null)i=this.iter();else{t==null&&(t=this.lines+1);let s=this.
line(e).from;i=this.iterRange(s,Math.max(s,t==this.lines+1?this.length:t<=1?0:this.line(t-1).to))}return new fn(i)}toString(){return this.sliceString(0)}toJSON(){
let e=[];return this.flatten(e),e}constructor(){}static of(e){if(e.length==0)throw new RangeError("A document must have at least one line");return e.length==1&&
!e[0]?n.empty:e.length<=32?new ye(e):Ut.from(ye.split(e,[]))}},ye=class n extends N{constructor(e,t=Yc(e)){super(),this.text=e,this.length=t}get lines(){return this.
text.length}get children(){return null}lineInner(e,t,i,s){for(let r=0;;r++){let o=this.text[r],l=s+o.length;if((t?i:l)>=e)return new Os(s,l,i,o);s=l+1,i++}}decompose(e,t,i,s){
let r=e<=0&&t>=this.length?this:new n(cl(this.text,e,t),Math.min(t,this.length)-Math.max(0,e));if(s&1){let o=i.pop(),l=hn(r.text,o.text.slice(),0,r.length);if(l.
length<=32)i.push(new n(l,o.length+r.length));else{let a=l.length>>1;i.push(new n(l.slice(0,a)),new n(l.slice(a)))}}else i.push(r)}replace(e,t,i){if(!(i instanceof
n))return super.replace(e,t,i);[e,t]=Jt(this,e,t);let s=hn(this.text,hn(i.text,cl(this.text,0,e)),t),r=this.length+i.length-(t-e);return s.length<=32?new n(s,r):
Ut.from(n.split(s,[]),r)}sliceString(e,t=this.length,i=`
`){[e,t]=Jt(this,e,t);let s="";for(let r=0,o=0;r<=t&&o<this.text.length;o++){let l=this.text[o],a=r+l.length;r>e&&o&&(s+=i),e<a&&t>r&&(s+=l.slice(Math.max(0,e-r),
t-r)),r=a+1}return s}flatten(e){for(let t of this.text)e.push(t)}scanIdentical(){return 0}static split(e,t){let i=[],s=-1;for(let r of e)i.push(r),s+=r.length+1,
i.length==32&&(t.push(new n(i,s)),i=[],s=-1);return s>-1&&t.push(new n(i,s)),t}},Ut=class n extends N{constructor(e,t){super(),this.children=e,this.length=t,this.
lines=0;for(let i of e)this.lines+=i.lines}lineInner(e,t,i,s){for(let r=0;;r++){let o=this.children[r],l=s+o.length,a=i+o.lines-1;if((t?a:l)>=e)return o.lineInner(
e,t,i,s);s=l+1,i=a+1}}decompose(e,t,i,s){for(let r=0,o=0;o<=t&&r<this.children.length;r++){let l=this.children[r],a=o+l.length;if(e<=a&&t>=o){let h=s&((o<=e?1:0)|
(a>=t?2:0));o>=e&&a<=t&&!h?i.push(l):l.decompose(e-o,t-o,i,h)}o=a+1}}replace(e,t,i){if([e,t]=Jt(this,e,t),i.lines<this.lines)for(let s=0,r=0;s<this.children.length;s++){
let o=this.children[s],l=r+o.length;if(e>=r&&t<=l){let a=o.replace(e-r,t-r,i),h=this.lines-o.lines+a.lines;if(a.lines<h>>4&&a.lines>h>>6){let c=this.children.slice();
return c[s]=a,new n(c,this.length-(t-e)+i.length)}return super.replace(r,l,a)}r=l+1}return super.replace(e,t,i)}sliceString(e,t=this.length,i=`
`){[e,t]=Jt(this,e,t);let s="";for(let r=0,o=0;r<this.children.length&&o<=t;r++){let l=this.children[r],a=o+l.length;o>e&&r&&(s+=i),e<a&&t>o&&(s+=l.sliceString(
e-o,t-o,i)),o=a+1}return s}flatten(e){for(let t of this.children)t.flatten(e)}scanIdentical(e,t){if(!(e instanceof n))return 0;let i=0,[s,r,o,l]=t>0?[0,0,this.children.
length,e.children.length]:[this.children.length-1,e.children.length-1,-1,-1];for(;;s+=t,r+=t){if(s==o||r==l)return i;let a=this.children[s],h=e.children[r];if(a!=
h)return i+a.scanIdentical(h,t);i+=a.length+1}}static from(e,t=e.reduce((i,s)=>i+s.length+1,-1)){let i=0;for(let d of e)i+=d.lines;if(i<32){let d=[];for(let p of e)
p.flatten(d);return new ye(d,t)}let s=Math.max(32,i>>5),r=s<<1,o=s>>1,l=[],a=0,h=-1,c=[];function f(d){let p;if(d.lines>r&&d instanceof n)for(let m of d.children)
f(m);else d.lines>o&&(a>o||!a)?(u(),l.push(d)):d instanceof ye&&a&&(p=c[c.length-1])instanceof ye&&d.lines+p.lines<=32?(a+=d.lines,h+=d.length+1,c[c.length-1]=new ye(
p.text.concat(d.text),p.length+1+d.length)):(a+d.lines>s&&u(),a+=d.lines,h+=d.length+1,c.push(d))}function u(){a!=0&&(l.push(c.length==1?c[0]:n.from(c,h)),h=-1,
a=c.length=0)}for(let d of e)f(d);return u(),l.length==1?l[0]:new n(l,t)}};N.empty=new ye([""],0);function Yc(n){let e=-1;for(let t of n)e+=t.length+1;return e}
function hn(n,e,t=0,i=1e9){for(let s=0,r=0,o=!0;r<n.length&&s<=i;r++){let l=n[r],a=s+l.length;a>=t&&(a>i&&(l=l.slice(0,i-s)),s<t&&(l=l.slice(t-s)),o?(e[e.length-
1]+=l,o=!1):e.push(l)),s=a+1}return e}function cl(n,e,t){return hn(n,[""],e,t)}var Tt=class{constructor(e,t=1){this.dir=t,this.done=!1,this.lineBreak=!1,this.value=
"",this.nodes=[e],this.offsets=[t>0?1:(e instanceof ye?e.text.length:e.children.length)<<1]}nextInner(e,t){for(this.done=this.lineBreak=!1;;){let i=this.nodes.length-
1,s=this.nodes[i],r=this.offsets[i],o=r>>1,l=s instanceof ye?s.text.length:s.children.length;if(o==(t>0?l:0)){if(i==0)return this.done=!0,this.value="",this;t>0&&
this.offsets[i-1]++,this.nodes.pop(),this.offsets.pop()}else if((r&1)==(t>0?0:1)){if(this.offsets[i]+=t,e==0)return this.lineBreak=!0,this.value=`
`,this;e--}else if(s instanceof ye){let a=s.text[o+(t<0?-1:0)];if(this.offsets[i]+=t,a.length>Math.max(0,e))return this.value=e==0?a:t>0?a.slice(e):a.slice(0,a.
length-e),this;e-=a.length}else{let a=s.children[o+(t<0?-1:0)];e>a.length?(e-=a.length,this.offsets[i]+=t):(t<0&&this.offsets[i]--,this.nodes.push(a),this.offsets.
push(t>0?1:(a instanceof ye?a.text.length:a.children.length)<<1))}}}next(e=0){return e<0&&(this.nextInner(-e,-this.dir),e=this.value.length),this.nextInner(e,this.
dir)}},cn=class{constructor(e,t,i){this.value="",this.done=!1,this.cursor=new Tt(e,t>i?-1:1),this.pos=t>i?e.length:0,this.from=Math.min(t,i),this.to=Math.max(t,
i)}nextInner(e,t){if(t<0?this.pos<=this.from:this.pos>=this.to)return this.value="",this.done=!0,this;e+=Math.max(0,t<0?this.pos-this.to:this.from-this.pos);let i=t<
0?this.pos-this.from:this.to-this.pos;e>i&&(e=i),i-=e;let{value:s}=this.cursor.next(e);return this.pos+=(s.length+e)*t,this.value=s.length<=i?s:t<0?s.slice(s.length-
i):s.slice(0,i),this.done=!this.value,this}next(e=0){return e<0?e=Math.max(e,this.from-this.pos):e>0&&(e=Math.min(e,this.to-this.pos)),this.nextInner(e,this.cursor.
dir)}get lineBreak(){return this.cursor.lineBreak&&this.value!=""}},fn=class{constructor(e){this.inner=e,this.afterBreak=!0,this.value="",this.done=!1}next(e=0){
let{done:t,lineBreak:i,value:s}=this.inner.next(e);return t&&this.afterBreak?(this.value="",this.afterBreak=!1):t?(this.done=!0,this.value=""):i?this.afterBreak?
this.value="":(this.afterBreak=!0,this.next()):(this.value=s,this.afterBreak=!1),this}get lineBreak(){return!1}};typeof Symbol<"u"&&(N.prototype[Symbol.iterator]=
function(){return this.iter()},Tt.prototype[Symbol.iterator]=cn.prototype[Symbol.iterator]=fn.prototype[Symbol.iterator]=function(){return this});var Os=class{constructor(e,t,i,s){
this.from=e,this.to=t,this.number=i,this.text=s}get length(){return this.to-this.from}};function Jt(n,e,t){return e=Math.max(0,Math.min(n.length,e)),[e,Math.max(
e,Math.min(n.length,t))]}function Z(n,e,t=!0,i=!0){return ol(n,e,t,i)}function Jc(n){return n>=56320&&n<57344}function Xc(n){return n>=55296&&n<56320}function gn(n,e){
let t=n.charCodeAt(e);if(!Xc(t)||e+1==n.length)return t;let i=n.charCodeAt(e+1);return Jc(i)?(t-55296<<10)+(i-56320)+65536:t}function ml(n){return n<=65535?String.
fromCharCode(n):(n-=65536,String.fromCharCode((n>>10)+55296,(n&1023)+56320))}function yn(n){return n<65536?1:2}var Bs=/\r\n?|\n/,pe=(function(n){return n[n.Simple=
0]="Simple",n[n.TrackDel=1]="TrackDel",n[n.TrackBefore=2]="TrackBefore",n[n.TrackAfter=3]="TrackAfter",n})(pe||(pe={})),Ze=class n{constructor(e){this.sections=
e}get length(){let e=0;for(let t=0;t<this.sections.length;t+=2)e+=this.sections[t];return e}get newLength(){let e=0;for(let t=0;t<this.sections.length;t+=2){let i=this.
sections[t+1];e+=i<0?this.sections[t]:i}return e}get empty(){return this.sections.length==0||this.sections.length==2&&this.sections[1]<0}iterGaps(e){for(let t=0,
i=0,s=0;t<this.sections.length;){let r=this.sections[t++],o=this.sections[t++];o<0?(e(i,s,r),s+=r):s+=o,i+=r}}iterChangedRanges(e,t=!1){Es(this,e,t)}get invertedDesc(){
let e=[];for(let t=0;t<this.sections.length;){let i=this.sections[t++],s=this.sections[t++];s<0?e.push(i,s):e.push(s,i)}return new n(e)}composeDesc(e){return this.
empty?e:e.empty?this:gl(this,e)}mapDesc(e,t=!1){return e.empty?this:Ls(this,e,t)}mapPos(e,t=-1,i=pe.Simple){let s=0,r=0;for(let o=0;o<this.sections.length;){let l=this.
sections[o++],a=this.sections[o++],h=s+l;if(a<0){if(h>e)return r+(e-s);r+=l}else{if(i!=pe.Simple&&h>=e&&(i==pe.TrackDel&&s<e&&h>e||i==pe.TrackBefore&&s<e||i==pe.
TrackAfter&&h>e))return null;if(h>e||h==e&&t<0&&!l)return e==s||t<0?r:r+a;r+=a}s=h}if(e>s)throw new RangeError(`Position ${e} is out of range for changeset of l\
ength ${s}`);return r}touchesRange(e,t=e){for(let i=0,s=0;i<this.sections.length&&s<=t;){let r=this.sections[i++],o=this.sections[i++],l=s+r;if(o>=0&&s<=t&&l>=e)
return s<e&&l>t?"cover":!0;s=l}return!1}toString(){let e="";for(let t=0;t<this.sections.length;){let i=this.sections[t++],s=this.sections[t++];e+=(e?" ":"")+i+(s>=
0?":"+s:"")}return e}toJSON(){return this.sections}static fromJSON(e){if(!Array.isArray(e)||e.length%2||e.some(t=>typeof t!="number"))throw new RangeError("Inva\
lid JSON representation of ChangeDesc");return new n(e)}static create(e){return new n(e)}},ce=class n extends Ze{constructor(e,t){super(e),this.inserted=t}apply(e){
if(this.length!=e.length)throw new RangeError("Applying change set to a document with the wrong length");return Es(this,(t,i,s,r,o)=>e=e.replace(s,s+(i-t),o),!1),
e}mapDesc(e,t=!1){return Ls(this,e,t,!0)}invert(e){let t=this.sections.slice(),i=[];for(let s=0,r=0;s<t.length;s+=2){let o=t[s],l=t[s+1];if(l>=0){t[s]=l,t[s+1]=
o;let a=s>>1;for(;i.length<a;)i.push(N.empty);i.push(o?e.slice(r,r+o):N.empty)}r+=o}return new n(t,i)}compose(e){return this.empty?e:e.empty?this:gl(this,e,!0)}map(e,t=!1){
return e.empty?this:Ls(this,e,t,!0)}iterChanges(e,t=!1){Es(this,e,t)}get desc(){return Ze.create(this.sections)}filter(e){let t=[],i=[],s=[],r=new Dt(this);e:for(let o=0,
l=0;;){let a=o==e.length?1e9:e[o++];for(;l<a||l==a&&r.len==0;){if(r.done)break e;let c=Math.min(r.len,a-l);ae(s,c,-1);let f=r.ins==-1?-1:r.off==0?r.ins:0;ae(t,c,
f),f>0&&ft(i,t,r.text),r.forward(c),l+=c}let h=e[o++];for(;l<h;){if(r.done)break e;let c=Math.min(r.len,h-l);ae(t,c,-1),ae(s,c,r.ins==-1?-1:r.off==0?r.ins:0),r.
forward(c),l+=c}}return{changes:new n(t,i),filtered:Ze.create(s)}}toJSON(){let e=[];for(let t=0;t<this.sections.length;t+=2){let i=this.sections[t],s=this.sections[t+
1];s<0?e.push(i):s==0?e.push([i]):e.push([i].concat(this.inserted[t>>1].toJSON()))}return e}static of(e,t,i){let s=[],r=[],o=0,l=null;function a(c=!1){if(!c&&!s.
length)return;o<t&&ae(s,t-o,-1);let f=new n(s,r);l=l?l.compose(f.map(l)):f,s=[],r=[],o=0}function h(c){if(Array.isArray(c))for(let f of c)h(f);else if(c instanceof
n){if(c.length!=t)throw new RangeError(`Mismatched change set length (got ${c.length}, expected ${t})`);a(),l=l?l.compose(c.map(l)):c}else{let{from:f,to:u=f,insert:d}=c;
if(f>u||f<0||u>t)throw new RangeError(`Invalid change range ${f} to ${u} (in doc of length ${t})`);let p=d?typeof d=="string"?N.of(d.split(i||Bs)):d:N.empty,m=p.
length;if(f==u&&m==0)return;f<o&&a(),f>o&&ae(s,f-o,-1),ae(s,u-f,m),ft(r,s,p),o=u}}return h(e),a(!l),l}static empty(e){return new n(e?[e,-1]:[],[])}static fromJSON(e){
if(!Array.isArray(e))throw new RangeError("Invalid JSON representation of ChangeSet");let t=[],i=[];for(let s=0;s<e.length;s++){let r=e[s];if(typeof r=="number")
t.push(r,-1);else{if(!Array.isArray(r)||typeof r[0]!="number"||r.some((o,l)=>l&&typeof o!="string"))throw new RangeError("Invalid JSON representation of ChangeS\
et");if(r.length==1)t.push(r[0],0);else{for(;i.length<s;)i.push(N.empty);i[s]=N.of(r.slice(1)),t.push(r[0],i[s].length)}}}return new n(t,i)}static createSet(e,t){
return new n(e,t)}};function ae(n,e,t,i=!1){if(e==0&&t<=0)return;let s=n.length-2;s>=0&&t<=0&&t==n[s+1]?n[s]+=e:s>=0&&e==0&&n[s]==0?n[s+1]+=t:i?(n[s]+=e,n[s+1]+=
t):n.push(e,t)}function ft(n,e,t){if(t.length==0)return;let i=e.length-2>>1;if(i<n.length)n[n.length-1]=n[n.length-1].append(t);else{for(;n.length<i;)n.push(N.empty);
n.push(t)}}function Es(n,e,t){let i=n.inserted;for(let s=0,r=0,o=0;o<n.sections.length;){let l=n.sections[o++],a=n.sections[o++];if(a<0)s+=l,r+=l;else{let h=s,c=r,
f=N.empty;for(;h+=l,c+=a,a&&i&&(f=f.append(i[o-2>>1])),!(t||o==n.sections.length||n.sections[o+1]<0);)l=n.sections[o++],a=n.sections[o++];e(s,h,r,c,f),s=h,r=c}}}
function Ls(n,e,t,i=!1){let s=[],r=i?[]:null,o=new Dt(n),l=new Dt(e);for(let a=-1;;){if(o.done&&l.len||l.done&&o.len)throw new Error("Mismatched change set leng\
ths");if(o.ins==-1&&l.ins==-1){let h=Math.min(o.len,l.len);ae(s,h,-1),o.forward(h),l.forward(h)}else if(l.ins>=0&&(o.ins<0||a==o.i||o.off==0&&(l.len<o.len||l.len==
o.len&&!t))){let h=l.len;for(ae(s,l.ins,-1);h;){let c=Math.min(o.len,h);o.ins>=0&&a<o.i&&o.len<=c&&(ae(s,0,o.ins),r&&ft(r,s,o.text),a=o.i),o.forward(c),h-=c}l.next()}else if(o.
ins>=0){let h=0,c=o.len;for(;c;)if(l.ins==-1){let f=Math.min(c,l.len);h+=f,c-=f,l.forward(f)}else if(l.ins==0&&l.len<c)c-=l.len,l.next();else break;ae(s,h,a<o.i?
o.ins:0),r&&a<o.i&&ft(r,s,o.text),a=o.i,o.forward(o.len-c)}else{if(o.done&&l.done)return r?ce.createSet(s,r):Ze.create(s);throw new Error("Mismatched change set\
 lengths")}}}function gl(n,e,t=!1){let i=[],s=t?[]:null,r=new Dt(n),o=new Dt(e);for(let l=!1;;){if(r.done&&o.done)return s?ce.createSet(i,s):Ze.create(i);if(r.ins==
0)ae(i,r.len,0,l),r.next();else if(o.len==0&&!o.done)ae(i,0,o.ins,l),s&&ft(s,i,o.text),o.next();else{if(r.done||o.done)throw new Error("Mismatched change set le\
ngths");{let a=Math.min(r.len2,o.len),h=i.length;if(r.ins==-1){let c=o.ins==-1?-1:o.off?0:o.ins;ae(i,a,c,l),s&&c&&ft(s,i,o.text)}else o.ins==-1?(ae(i,r.off?0:r.
len,a,l),s&&ft(s,i,r.textBit(a))):(ae(i,r.off?0:r.len,o.off?0:o.ins,l),s&&!o.off&&ft(s,i,o.text));l=(r.ins>a||o.ins>=0&&o.len>a)&&(l||i.length>h),r.forward2(a),
o.forward(a)}}}}var Dt=class{constructor(e){this.set=e,this.i=0,this.next()}next(){let{sections:e}=this.set;this.i<e.length?(this.len=e[this.i++],this.ins=e[this.
i++]):(this.len=0,this.ins=-2),this.off=0}get done(){return this.ins==-2}get len2(){return this.ins<0?this.len:this.ins}get text(){let{inserted:e}=this.set,t=this.
i-2>>1;return t>=e.length?N.empty:e[t]}textBit(e){let{inserted:t}=this.set,i=this.i-2>>1;return i>=t.length&&!e?N.empty:t[i].slice(this.off,e==null?void 0:this.
off+e)}forward(e){e==this.len?this.next():(this.len-=e,this.off+=e)}forward2(e){this.ins==-1?this.forward(e):e==this.ins?this.next():(this.ins-=e,this.off+=e)}},
Ct=class n{constructor(e,t,i,s){this.from=e,this.to=t,this.flags=i,this.goalColumn=s}get anchor(){return this.flags&32?this.to:this.from}get head(){return this.
flags&32?this.from:this.to}get empty(){return this.from==this.to}get assoc(){return this.flags&8?-1:this.flags&16?1:0}get undirectional(){return(this.flags&64)>
0}get bidiLevel(){let e=this.flags&7;return e==7?null:e}map(e,t=-1){let i,s;return this.empty?i=s=e.mapPos(this.from,t):(i=e.mapPos(this.from,1),s=e.mapPos(this.
to,-1)),i==this.from&&s==this.to?this:new n(i,s,this.flags,this.goalColumn)}extend(e,t=e,i=0){if(e<=this.anchor&&t>=this.anchor)return x.range(e,t,void 0,void 0,
i);let s=Math.abs(e-this.anchor)>Math.abs(t-this.anchor)?e:t;return x.range(this.anchor,s,void 0,void 0,i)}eq(e,t=!1){return this.anchor==e.anchor&&this.head==e.
head&&this.goalColumn==e.goalColumn&&(!t||!this.empty||this.assoc==e.assoc)}toJSON(){return{anchor:this.anchor,head:this.head}}static fromJSON(e){if(!e||typeof e.
anchor!="number"||typeof e.head!="number")throw new RangeError("Invalid JSON representation for SelectionRange");return x.range(e.anchor,e.head)}static create(e,t,i,s){
return new n(e,t,i,s)}},x=class n{constructor(e,t){this.ranges=e,this.mainIndex=t}map(e,t=-1){return e.empty?this:n.create(this.ranges.map(i=>i.map(e,t)),this.mainIndex)}eq(e,t=!1){
if(this.ranges.length!=e.ranges.length||this.mainIndex!=e.mainIndex)return!1;for(let i=0;i<this.ranges.length;i++)if(!this.ranges[i].eq(e.ranges[i],t))return!1;
return!0}get main(){return this.ranges[this.mainIndex]}asSingle(){return this.ranges.length==1?this:new n([this.main],0)}addRange(e,t=!0){return n.create([e].concat(
this.ranges),t?0:this.mainIndex+1)}replaceRange(e,t=this.mainIndex){let i=this.ranges.slice();return i[t]=e,n.create(i,this.mainIndex)}toJSON(){return{ranges:this.
ranges.map(e=>e.toJSON()),main:this.mainIndex}}static fromJSON(e){if(!e||!Array.isArray(e.ranges)||typeof e.main!="number"||e.main>=e.ranges.length)throw new RangeError(
"Invalid JSON representation for EditorSelection");return new n(e.ranges.map(t=>Ct.fromJSON(t)),e.main)}static single(e,t=e){return new n([n.range(e,t)],0)}static create(e,t=0){
if(e.length==0)throw new RangeError("A selection needs at least one range");for(let i=0,s=0;s<e.length;s++){let r=e[s];if(r.empty?r.from<=i:r.from<i)return n.normalized(
e.slice(),t);i=r.to}return new n(e,t)}static cursor(e,t=0,i,s){return Ct.create(e,e,(t==0?0:t<0?8:16)|(i==null?7:Math.min(6,i)),s)}static range(e,t,i,s,r){let o=s==
null?7:Math.min(6,s);return!r&&e!=t&&(r=t<e?1:-1),r&&(o|=r<0?8:16),t<e?Ct.create(t,e,o|32,i):Ct.create(e,t,o,i)}static undirectionalRange(e,t){return Ct.create(
e,t,64,void 0)}static normalized(e,t=0){let i=e[t];e.sort((s,r)=>s.from-r.from),t=e.indexOf(i);for(let s=1;s<e.length;s++){let r=e[s],o=e[s-1];if(r.empty?r.from<=
o.to:r.from<o.to){let l=o.from,a=Math.max(r.to,o.to);s<=t&&t--,e.splice(--s,2,r.anchor>r.head?n.range(a,l):n.range(l,a))}}return new n(e,t)}};function yl(n,e){for(let t of n.
ranges)if(t.to>e)throw new RangeError("Selection points outside of document")}var Ks=0,D=class n{constructor(e,t,i,s,r){this.combine=e,this.compareInput=t,this.
compare=i,this.isStatic=s,this.id=Ks++,this.default=e([]),this.extensions=typeof r=="function"?r(this):r}get reader(){return this}static define(e={}){return new n(
e.combine||(t=>t),e.compareInput||((t,i)=>t===i),e.compare||(e.combine?(t,i)=>t===i:qs),!!e.static,e.enables)}of(e){return new Gt([],this,0,e)}compute(e,t){if(this.
isStatic)throw new Error("Can't compute a static facet");return new Gt(e,this,1,t)}computeN(e,t){if(this.isStatic)throw new Error("Can't compute a static facet");
return new Gt(e,this,2,t)}from(e,t){return t||(t=i=>i),this.compute([e],i=>t(i.field(e)))}};function qs(n,e){return n==e||n.length==e.length&&n.every((t,i)=>t===
e[i])}var Gt=class{constructor(e,t,i,s){this.dependencies=e,this.facet=t,this.type=i,this.value=s,this.id=Ks++}dynamicSlot(e){var t;let i=this.value,s=this.facet.
compareInput,r=this.id,o=e[r]>>1,l=this.type==2,a=!1,h=!1,c=[];for(let f of this.dependencies)f=="doc"?a=!0:f=="selection"?h=!0:(((t=e[f.id])!==null&&t!==void 0?
t:1)&1)==0&&c.push(e[f.id]);return{create(f){return f.values[o]=i(f),1},update(f,u){if(a&&u.docChanged||h&&(u.docChanged||u.selection)||Rs(f,c)){let d=i(f);if(l?
!fl(d,f.values[o],s):!s(d,f.values[o]))return f.values[o]=d,1}return 0},reconfigure:(f,u)=>{let d,p=u.config.address[r];if(p!=null){let m=pn(u,p);if(this.dependencies.
every(g=>g instanceof D?u.facet(g)===f.facet(g):g instanceof he?u.field(g,!1)==f.field(g,!1):!0)||(l?fl(d=i(f),m,s):s(d=i(f),m)))return f.values[o]=m,0}else d=i(
f);return f.values[o]=d,1}}}get extension(){return this}};function fl(n,e,t){if(n.length!=e.length)return!1;for(let i=0;i<n.length;i++)if(!t(n[i],e[i]))return!1;
return!0}function Rs(n,e){let t=!1;for(let i of e)Si(n,i)&1&&(t=!0);return t}function Qc(n,e,t){let i=t.map(a=>n[a.id]),s=t.map(a=>a.type),r=i.filter(a=>!(a&1)),
o=n[e.id]>>1;function l(a){let h=[];for(let c=0;c<i.length;c++){let f=pn(a,i[c]);if(s[c]==2)for(let u of f)h.push(u);else h.push(f)}return e.combine(h)}return{create(a){
for(let h of i)Si(a,h);return a.values[o]=l(a),1},update(a,h){if(!Rs(a,r))return 0;let c=l(a);return e.compare(c,a.values[o])?0:(a.values[o]=c,1)},reconfigure(a,h){
let c=Rs(a,i),f=h.config.facets[e.id],u=h.facet(e);if(f&&!c&&qs(t,f))return a.values[o]=u,0;let d=l(a);return e.compare(d,u)?(a.values[o]=u,0):(a.values[o]=d,1)}}}
var on=D.define({static:!0}),he=class n{constructor(e,t,i,s,r){this.id=e,this.createF=t,this.updateF=i,this.compareF=s,this.spec=r,this.provides=void 0}static define(e){
let t=new n(Ks++,e.create,e.update,e.compare||((i,s)=>i===s),e);return e.provide&&(t.provides=e.provide(t)),t}create(e){let t=e.facet(on).find(i=>i.field==this);
return(t?.create||this.createF)(e)}slot(e){let t=e[this.id]>>1;return{create:i=>(i.values[t]=this.create(i),1),update:(i,s)=>{let r=i.values[t],o=this.updateF(r,
s);return this.compareF(r,o)?0:(i.values[t]=o,1)},reconfigure:(i,s)=>{let r=i.facet(on),o=s.facet(on),l;return(l=r.find(a=>a.field==this))&&l!=o.find(a=>a.field==
this)?(i.values[t]=l.create(i),1):s.config.address[this.id]!=null?(i.values[t]=s.field(this),0):(i.values[t]=this.create(i),1)}}}init(e){return[this,on.of({field:this,
create:e})]}get extension(){return this}},At={lowest:4,low:3,default:2,high:1,highest:0};function vi(n){return e=>new un(e,n)}var et={highest:vi(At.highest),high:vi(
At.high),default:vi(At.default),low:vi(At.low),lowest:vi(At.lowest)},un=class{constructor(e,t){this.inner=e,this.prec=t}get extension(){return this}},Xt=class n{of(e){
return new Ci(this,e)}reconfigure(e){return n.reconfigure.of({compartment:this,extension:e})}get(e){return e.config.compartments.get(this)}},Ci=class{constructor(e,t){
this.compartment=e,this.inner=t}get extension(){return this}},dn=class n{constructor(e,t,i,s,r,o){for(this.base=e,this.compartments=t,this.dynamicSlots=i,this.address=
s,this.staticValues=r,this.facets=o,this.statusTemplate=[];this.statusTemplate.length<i.length;)this.statusTemplate.push(0)}staticFacet(e){let t=this.address[e.
id];return t==null?e.default:this.staticValues[t>>1]}static resolve(e,t,i){let s=[],r=Object.create(null),o=new Map;for(let u of Zc(e,t,o))u instanceof he?s.push(
u):(r[u.facet.id]||(r[u.facet.id]=[])).push(u);let l=Object.create(null),a=[],h=[];for(let u of s)l[u.id]=h.length<<1,h.push(d=>u.slot(d));let c=i?.config.facets;
for(let u in r){let d=r[u],p=d[0].facet,m=c&&c[u]||[];if(d.every(g=>g.type==0))if(l[p.id]=a.length<<1|1,qs(m,d))a.push(i.facet(p));else{let g=p.combine(d.map(y=>y.
value));a.push(i&&p.compare(g,i.facet(p))?i.facet(p):g)}else{for(let g of d)g.type==0?(l[g.id]=a.length<<1|1,a.push(g.value)):(l[g.id]=h.length<<1,h.push(y=>g.dynamicSlot(
y)));l[p.id]=h.length<<1,h.push(g=>Qc(g,p,d))}}let f=h.map(u=>u(l));return new n(e,o,f,l,a,r)}};function Zc(n,e,t){let i=[[],[],[],[],[]],s=new Map;function r(o,l){
let a=s.get(o);if(a!=null){if(a<=l)return;let h=i[a].indexOf(o);h>-1&&i[a].splice(h,1),o instanceof Ci&&t.delete(o.compartment)}if(s.set(o,l),Array.isArray(o))for(let h of o)
r(h,l);else if(o instanceof Ci){if(t.has(o.compartment))throw new RangeError("Duplicate use of compartment in extensions");let h=e.get(o.compartment)||o.inner;t.
set(o.compartment,h),r(h,l)}else if(o instanceof un)r(o.inner,o.prec);else if(o instanceof he)i[l].push(o),o.provides&&r(o.provides,l);else if(o instanceof Gt)i[l].
push(o),o.facet.extensions&&r(o.facet.extensions,At.default);else{let h=o.extension;if(!h)throw new Error(`Unrecognized extension value in extension set (${o}).`);
if(h==o)throw new Error(`Unrecognized extension value in extension set (${o}). This sometimes happens because multiple instances of @codemirror/state are loaded\
, breaking instanceof checks.`);r(h,l)}}return r(n,At.default),i.reduce((o,l)=>o.concat(l))}function Si(n,e){if(e&1)return 2;let t=e>>1,i=n.status[t];if(i==4)throw new Error(
"Cyclic dependency between fields and/or facets");if(i&2)return i;n.status[t]=4;let s=n.computeSlot(n,n.config.dynamicSlots[t]);return n.status[t]=2|s}function pn(n,e){
return e&1?n.config.staticValues[e>>1]:n.values[e>>1]}var bl=D.define(),Ps=D.define({combine:n=>n.some(e=>e),static:!0}),xl=D.define({combine:n=>n.length?n[0]:void 0,
static:!0}),wl=D.define(),kl=D.define(),vl=D.define(),Sl=D.define({combine:n=>n.length?n[0]:!1}),Se=class{constructor(e,t){this.type=e,this.value=t}static define(){
return new Is}},Is=class{of(e){return new Se(this,e)}},Ns=class{constructor(e){this.map=e}of(e){return new W(this,e)}},W=class n{constructor(e,t){this.type=e,this.
value=t}map(e){let t=this.type.map(this.value,e);return t===void 0?void 0:t==this.value?this:new n(this.type,t)}is(e){return this.type==e}static define(e={}){return new Ns(
e.map||(t=>t))}static mapEffects(e,t){if(!e.length)return e;let i=[];for(let s of e){let r=s.map(t);r&&i.push(r)}return i}};W.reconfigure=W.define();W.appendConfig=
W.define();var Q=class n{constructor(e,t,i,s,r,o){this.startState=e,this.changes=t,this.selection=i,this.effects=s,this.annotations=r,this.scrollIntoView=o,this.
_doc=null,this._state=null,i&&yl(i,t.newLength),r.some(l=>l.type==n.time)||(this.annotations=r.concat(n.time.of(Date.now())))}static create(e,t,i,s,r,o){return new n(
e,t,i,s,r,o)}get newDoc(){return this._doc||(this._doc=this.changes.apply(this.startState.doc))}get newSelection(){return this.selection||this.startState.selection.
map(this.changes)}get state(){return this._state||this.startState.applyTransaction(this),this._state}annotation(e){for(let t of this.annotations)if(t.type==e)return t.
value}get docChanged(){return!this.changes.empty}get reconfigured(){return this.startState.config!=this.state.config}isUserEvent(e){let t=this.annotation(n.userEvent);
return!!(t&&(t==e||t.length>e.length&&t.slice(0,e.length)==e&&t[e.length]=="."))}};Q.time=Se.define();Q.userEvent=Se.define();Q.addToHistory=Se.define();Q.remote=
Se.define();function ef(n,e){let t=[];for(let i=0,s=0;;){let r,o;if(i<n.length&&(s==e.length||e[s]>=n[i]))r=n[i++],o=n[i++];else if(s<e.length)r=e[s++],o=e[s++];else
return t;!t.length||t[t.length-1]<r?t.push(r,o):t[t.length-1]<o&&(t[t.length-1]=o)}}function Cl(n,e,t){var i;let s,r,o;return t?(s=e.changes,r=ce.empty(e.changes.
length),o=n.changes.compose(e.changes)):(s=e.changes.map(n.changes),r=n.changes.mapDesc(e.changes,!0),o=n.changes.compose(s)),{changes:o,selection:e.selection?e.
selection.map(r):(i=n.selection)===null||i===void 0?void 0:i.map(s),effects:W.mapEffects(n.effects,s).concat(W.mapEffects(e.effects,r)),annotations:n.annotations.
length?n.annotations.concat(e.annotations):e.annotations,scrollIntoView:n.scrollIntoView||e.scrollIntoView}}function Ws(n,e,t){let i=e.selection,s=Yt(e.annotations);
return e.userEvent&&(s=s.concat(Q.userEvent.of(e.userEvent))),{changes:e.changes instanceof ce?e.changes:ce.of(e.changes||[],t,n.facet(xl)),selection:i&&(i instanceof
x?i:x.single(i.anchor,i.head)),effects:Yt(e.effects),annotations:s,scrollIntoView:!!e.scrollIntoView}}function Al(n,e,t){let i=Ws(n,e.length?e[0]:{},n.doc.length);
e.length&&e[0].filter===!1&&(t=!1);for(let r=1;r<e.length;r++){e[r].filter===!1&&(t=!1);let o=!!e[r].sequential;i=Cl(i,Ws(n,e[r],o?i.changes.newLength:n.doc.length),
o)}let s=Q.create(n,i.changes,i.selection,i.effects,i.annotations,i.scrollIntoView);return nf(t?tf(s):s)}function tf(n){let e=n.startState,t=!0;for(let s of e.facet(
wl)){let r=s(n);if(r===!1){t=!1;break}Array.isArray(r)&&(t=t===!0?r:ef(t,r))}if(t!==!0){let s,r;if(t===!1)r=n.changes.invertedDesc,s=ce.empty(e.doc.length);else{
let o=n.changes.filter(t);s=o.changes,r=o.filtered.mapDesc(o.changes).invertedDesc}n=Q.create(e,s,n.selection&&n.selection.map(r),W.mapEffects(n.effects,r),n.annotations,
n.scrollIntoView)}let i=e.facet(kl);for(let s=i.length-1;s>=0;s--){let r=i[s](n);r instanceof Q?n=r:Array.isArray(r)&&r.length==1&&r[0]instanceof Q?n=r[0]:n=Al(
e,Yt(r),!1)}return n}function nf(n){let e=n.startState,t=e.facet(vl),i=n;for(let s=t.length-1;s>=0;s--){let r=t[s](n);r&&Object.keys(r).length&&(i=Cl(i,Ws(e,r,n.
changes.newLength),!0))}return i==n?n:Q.create(e,n.changes,n.selection,i.effects,i.annotations,i.scrollIntoView)}var sf=[];function Yt(n){return n==null?sf:Array.
isArray(n)?n:[n]}var ie=(function(n){return n[n.Word=0]="Word",n[n.Space=1]="Space",n[n.Other=2]="Other",n})(ie||(ie={})),rf=/[\u00df\u0587\u0590-\u05f4\u0600-\u06ff\u3040-\u309f\u30a0-\u30ff\u3400-\u4db5\u4e00-\u9fcc\uac00-\ud7af]/,
Fs;try{Fs=new RegExp("[\\p{Alphabetic}\\p{Number}_]","u")}catch{}function of(n){if(Fs)return Fs.test(n);for(let e=0;e<n.length;e++){let t=n[e];if(/\w/.test(t)||
t>"\x80"&&(t.toUpperCase()!=t.toLowerCase()||rf.test(t)))return!0}return!1}function lf(n){return e=>{if(!/\S/.test(e))return ie.Space;if(of(e))return ie.Word;for(let t=0;t<
n.length;t++)if(e.indexOf(n[t])>-1)return ie.Word;return ie.Other}}var $=class n{constructor(e,t,i,s,r,o){this.config=e,this.doc=t,this.selection=i,this.values=
s,this.status=e.statusTemplate.slice(),this.computeSlot=r,o&&(o._state=this);for(let l=0;l<this.config.dynamicSlots.length;l++)Si(this,l<<1);this.computeSlot=null}field(e,t=!0){
let i=this.config.address[e.id];if(i==null){if(t)throw new RangeError("Field is not present in this state");return}return Si(this,i),pn(this,i)}update(...e){return Al(
this,e,!0)}applyTransaction(e){let t=this.config,{base:i,compartments:s}=t;for(let l of e.effects)l.is(Xt.reconfigure)?(t&&(s=new Map,t.compartments.forEach((a,h)=>s.
set(h,a)),t=null),s.set(l.value.compartment,l.value.extension)):l.is(W.reconfigure)?(t=null,i=l.value):l.is(W.appendConfig)&&(t=null,i=Yt(i).concat(l.value));let r;
t?r=e.startState.values.slice():(t=dn.resolve(i,s,this),r=new n(t,this.doc,this.selection,t.dynamicSlots.map(()=>null),(a,h)=>h.reconfigure(a,this),null).values);
let o=e.startState.facet(Ps)?e.newSelection:e.newSelection.asSingle();new n(t,e.newDoc,o,r,(l,a)=>a.update(l,e),e)}replaceSelection(e){return typeof e=="string"&&
(e=this.toText(e)),this.changeByRange(t=>({changes:{from:t.from,to:t.to,insert:e},range:x.cursor(t.from+e.length,-1)}))}changeByRange(e){let t=this.selection,i=e(
t.ranges[0]),s=this.changes(i.changes),r=[i.range],o=Yt(i.effects);for(let l=1;l<t.ranges.length;l++){let a=e(t.ranges[l]),h=this.changes(a.changes),c=h.map(s);
for(let u=0;u<l;u++)r[u]=r[u].map(c);let f=s.mapDesc(h,!0);r.push(a.range.map(f)),s=s.compose(c),o=W.mapEffects(o,c).concat(W.mapEffects(Yt(a.effects),f))}return{
changes:s,selection:x.create(r,t.mainIndex),effects:o}}changes(e=[]){return e instanceof ce?e:ce.of(e,this.doc.length,this.facet(n.lineSeparator))}toText(e){return N.
of(e.split(this.facet(n.lineSeparator)||Bs))}sliceDoc(e=0,t=this.doc.length){return this.doc.sliceString(e,t,this.lineBreak)}facet(e){let t=this.config.address[e.
id];return t==null?e.default:(Si(this,t),pn(this,t))}toJSON(e){let t={doc:this.sliceDoc(),selection:this.selection.toJSON()};if(e)for(let i in e){let s=e[i];s instanceof
he&&this.config.address[s.id]!=null&&(t[i]=s.spec.toJSON(this.field(e[i]),this))}return t}static fromJSON(e,t={},i){if(!e||typeof e.doc!="string")throw new RangeError(
"Invalid JSON representation for EditorState");let s=[];if(i){for(let r in i)if(Object.prototype.hasOwnProperty.call(e,r)){let o=i[r],l=e[r];s.push(o.init(a=>o.
spec.fromJSON(l,a)))}}return n.create({doc:e.doc,selection:x.fromJSON(e.selection),extensions:t.extensions?s.concat([t.extensions]):s})}static create(e={}){let t=dn.
resolve(e.extensions||[],new Map),i=e.doc instanceof N?e.doc:N.of((e.doc||"").split(t.staticFacet(n.lineSeparator)||Bs)),s=e.selection?e.selection instanceof x?
e.selection:x.single(e.selection.anchor,e.selection.head):x.single(0);return yl(s,i.length),t.staticFacet(Ps)||(s=s.asSingle()),new n(t,i,s,t.dynamicSlots.map(()=>null),
(r,o)=>o.create(r),null)}get tabSize(){return this.facet(n.tabSize)}get lineBreak(){return this.facet(n.lineSeparator)||`
`}get readOnly(){return this.facet(Sl)}phrase(e,...t){for(let i of this.facet(n.phrases))if(Object.prototype.hasOwnProperty.call(i,e)){e=i[e];break}return t.length&&
(e=e.replace(/\$(\$|\d*)/g,(i,s)=>{if(s=="$")return"$";let r=+(s||1);return!r||r>t.length?i:t[r-1]})),e}languageDataAt(e,t,i=-1){let s=[];for(let r of this.facet(
bl))for(let o of r(this,t,i))Object.prototype.hasOwnProperty.call(o,e)&&s.push(o[e]);return s}charCategorizer(e){let t=this.languageDataAt("wordChars",e);return lf(
t.length?t[0]:"")}wordAt(e){let{text:t,from:i,length:s}=this.doc.lineAt(e),r=this.charCategorizer(e),o=e-i,l=e-i;for(;o>0;){let a=Z(t,o,!1);if(r(t.slice(a,o))!=
ie.Word)break;o=a}for(;l<s;){let a=Z(t,l);if(r(t.slice(l,a))!=ie.Word)break;l=a}return o==l?null:x.range(o+i,l+i)}};$.allowMultipleSelections=Ps;$.tabSize=D.define(
{combine:n=>n.length?n[0]:4});$.lineSeparator=xl;$.readOnly=Sl;$.phrases=D.define({compare(n,e){let t=Object.keys(n),i=Object.keys(e);return t.length==i.length&&
t.every(s=>n[s]==e[s])}});$.languageData=bl;$.changeFilter=wl;$.transactionFilter=kl;$.transactionExtender=vl;Xt.reconfigure=W.define();function Ot(n,e,t={}){let i={};
for(let s of n)for(let r of Object.keys(s)){let o=s[r],l=i[r];if(l===void 0)i[r]=o;else if(!(l===o||o===void 0))if(Object.hasOwnProperty.call(t,r))i[r]=t[r](l,o);else
throw new Error("Config merge conflict for field "+r)}for(let s in e)i[s]===void 0&&(i[s]=e[s]);return i}var Ke=class{eq(e){return this==e}range(e,t=e){return Ai.
create(e,t,this)}};Ke.prototype.startSide=Ke.prototype.endSide=0;Ke.prototype.point=!1;Ke.prototype.mapMode=pe.TrackDel;function $s(n,e){return n==e||n.constructor==
e.constructor&&n.eq(e)}var Ai=class n{constructor(e,t,i){this.from=e,this.to=t,this.value=i}static create(e,t,i){return new n(e,t,i)}};function Hs(n,e){return n.
from-e.from||n.value.startSide-e.value.startSide}var Vs=class n{constructor(e,t,i,s){this.from=e,this.to=t,this.value=i,this.maxPoint=s}get length(){return jt(this.
to)}findIndex(e,t,i,s=0){let r=i?this.to:this.from;for(let o=s,l=r.length;;){if(o==l)return o;let a=o+l>>1,h=r[a]-e||(i?this.value[a].endSide:this.value[a].startSide)-
t;if(a==o)return h>=0?o:l;h>=0?l=a:o=a+1}}between(e,t,i,s){for(let r=this.findIndex(t,-1e9,!0),o=this.findIndex(i,1e9,!1,r);r<o;r++)if(s(this.from[r]+e,this.to[r]+
e,this.value[r])===!1)return!1}map(e,t,i,s,r){let o=[],l=[],a=[],h=-1,c=-1;e:for(let f=0;f<this.value.length;f++){let u=this.value[f],d=this.from[f]+e,p=this.to[f]+
e,m,g;if(d==p){let y=t.mapPos(d,u.startSide,u.mapMode);if(y==null||(m=g=y,u.startSide!=u.endSide&&(g=t.mapPos(d,u.endSide),g<m)))continue}else if(m=t.mapPos(d,u.
startSide),g=t.mapPos(p,u.endSide),m>g||m==g&&u.startSide>0&&u.endSide<=0)continue;if(!((g-m||u.endSide-u.startSide)<0))if(h<0&&(h=m),u.point&&(c=Math.max(c,g-m)),
(m-i||u.startSide-s)>=0)o.push(u),l.push(m-h),a.push(g-h),i=g,s=u.endSide;else{if(m==g)for(let y=o.length;y>0;y--){if((m-(a[y-1]+h)||u.startSide-o[y-1].endSide)>=
0){o.splice(y,0,u),l.splice(y,0,m-h),a.splice(y,0,g-h);continue e}if((m-(l[y-1]+h)||u.endSide-o[y-1].startSide)>0)break}r(m,g,u)}}return{mapped:o.length?new n(l,
a,o,c):null,pos:h}}},z=class n{constructor(e,t,i,s){this.chunkPos=e,this.chunk=t,this.nextLayer=i,this.maxPoint=s}static create(e,t,i,s){return new n(e,t,i,s)}get length(){
let e=this.chunk.length-1;return e<0?0:Math.max(this.chunkEnd(e),this.nextLayer.length)}get size(){if(this.isEmpty)return 0;let e=this.nextLayer.size;for(let t of this.
chunk)e+=t.value.length;return e}chunkEnd(e){return this.chunkPos[e]+this.chunk[e].length}update(e){let{add:t=[],sort:i=!1,filterFrom:s=0,filterTo:r=this.length}=e,
o=e.filter;if(t.length==0&&!o)return this;if(i&&(t=t.slice().sort(Hs)),this.isEmpty)return t.length?n.of(t):this;let l=new mn(this,null,-1).goto(0),a=0,h=[],c=new Ie;
for(;l.value||a<t.length;)if(a<t.length&&(l.from-t[a].from||l.startSide-t[a].value.startSide)>=0){let f=t[a++];c.addInner(f.from,f.to,f.value,!1)||h.push(f)}else
l.rangeIndex==1&&l.chunkIndex<this.chunk.length&&(a==t.length||this.chunkEnd(l.chunkIndex)<t[a].from)&&(!o||s>this.chunkEnd(l.chunkIndex)||r<this.chunkPos[l.chunkIndex])&&
c.addChunk(this.chunkPos[l.chunkIndex],this.chunk[l.chunkIndex])?l.nextChunk():((!o||s>l.to||r<l.from||o(l.from,l.to,l.value))&&(c.addInner(l.from,l.to,l.value,
!1)||h.push(Ai.create(l.from,l.to,l.value))),l.next());return c.finishInner(this.nextLayer.isEmpty&&!h.length?n.empty:this.nextLayer.update({add:h,filter:o,filterFrom:s,
filterTo:r}))}map(e){if(e.empty||this.isEmpty)return this;let t=[],i=[],s=-1,r,o=(a,h,c)=>{r||(r=new Ie),r.addRange(a,h,c,!1)};for(let a=0;a<this.chunk.length;a++){
let h=this.chunkPos[a],c=this.chunk[a],f=e.touchesRange(h,h+c.length);if(f===!1)s=Math.max(s,c.maxPoint),t.push(c),i.push(e.mapPos(h));else if(f===!0){let[u,d]=t.
length?[jt(i)+jt(t).length,jt(jt(t).value).endSide]:[-1,-1],{mapped:p,pos:m}=c.map(h,e,u,d,o);p&&(s=Math.max(s,p.maxPoint),t.push(p),i.push(m))}}let l=this.nextLayer.
map(e);return r&&(l=r.finishInner(l)),t.length==0?l:new n(i,t,l||n.empty,s)}between(e,t,i){if(!this.isEmpty){for(let s=0;s<this.chunk.length;s++){let r=this.chunkPos[s],
o=this.chunk[s];if(t>=r&&e<=r+o.length&&o.between(r,e-r,t-r,i)===!1)return}this.nextLayer.between(e,t,i)}}iter(e=0){return Mi.from([this]).goto(e)}get isEmpty(){
return this.nextLayer==this}static iter(e,t=0){return Mi.from(e).goto(t)}static compare(e,t,i,s,r=-1){let o=e.filter(f=>f.maxPoint>0||!f.isEmpty&&f.maxPoint>=r),
l=t.filter(f=>f.maxPoint>0||!f.isEmpty&&f.maxPoint>=r),a=ul(o,l,i),h=new Mt(o,a,r),c=new Mt(l,a,r);i.iterGaps((f,u,d)=>dl(h,f,c,u,d,s)),i.empty&&i.length==0&&dl(
h,0,c,0,0,s)}static eq(e,t,i=0,s){s==null&&(s=999999999);let r=e.filter(c=>!c.isEmpty&&t.indexOf(c)<0),o=t.filter(c=>!c.isEmpty&&e.indexOf(c)<0);if(r.length!=o.
length)return!1;if(!r.length)return!0;let l=ul(r,o),a=new Mt(r,l,0).goto(i),h=new Mt(o,l,0).goto(i);for(;;){if(a.to!=h.to||!zs(a.active,h.active)||a.point&&(!h.
point||!$s(a.point,h.point)))return!1;if(a.to>s)return!0;a.next(),h.next()}}static spans(e,t,i,s,r=-1){let o=new Mt(e,null,r).goto(t),l=t,a=o.openStart;for(;;){
let h=Math.min(o.to,i);if(o.point){let c=o.activeForPoint(o.to),f=o.pointFrom<t?c.length+1:o.point.startSide<0?c.length:Math.min(c.length,a);s.point(l,h,o.point,
c,f,o.pointRank),a=Math.min(o.openEnd(h),c.length)}else h>l&&(s.span(l,h,o.active,a),a=o.openEnd(h));if(o.to>i)return a+(o.point&&o.to>i?1:0);l=o.to,o.next()}}static of(e,t=!1){
let i=new Ie;for(let s of e instanceof Ai?[e]:t?af(e):e)i.add(s.from,s.to,s.value);return i.finish()}static join(e){if(!e.length)return n.empty;let t=jt(e);for(let i=e.
length-2;i>=0;i--)for(let s=e[i];s!=n.empty;s=s.nextLayer)t=new n(s.chunkPos,s.chunk,t,Math.max(s.maxPoint,t.maxPoint));return t}};z.empty=new z([],[],null,-1);
function jt(n){return n[n.length-1]}function af(n){if(n.length>1)for(let e=n[0],t=1;t<n.length;t++){let i=n[t];if(Hs(e,i)>0)return n.slice().sort(Hs);e=i}return n}
z.empty.nextLayer=z.empty;var Ie=class n{finishChunk(e){this.chunks.push(new Vs(this.from,this.to,this.value,this.maxPoint)),this.chunkPos.push(this.chunkStart),
this.chunkStart=-1,this.setMaxPoint=Math.max(this.setMaxPoint,this.maxPoint),this.maxPoint=-1,e&&(this.from=[],this.to=[],this.value=[])}constructor(){this.chunks=
[],this.chunkPos=[],this.chunkStart=-1,this.last=null,this.lastFrom=-1e9,this.lastTo=-1e9,this.from=[],this.to=[],this.value=[],this.maxPoint=-1,this.setMaxPoint=
-1,this.nextLayer=null}add(e,t,i){this.addRange(e,t,i,!0)}addRange(e,t,i,s){this.addInner(e,t,i,s)||(this.nextLayer||(this.nextLayer=new n)).addRange(e,t,i,s)}addInner(e,t,i,s){
let r=e-this.lastTo||i.startSide-this.last.endSide;if(s&&r<=0&&(e-this.lastFrom||i.startSide-this.last.startSide)<0)throw new Error("Ranges must be added sorted\
 by `from` position and `startSide`");return r<0?!1:(this.from.length==250&&this.finishChunk(!0),this.chunkStart<0&&(this.chunkStart=e),this.from.push(e-this.chunkStart),
this.to.push(t-this.chunkStart),this.last=i,this.lastFrom=e,this.lastTo=t,this.value.push(i),i.point&&(this.maxPoint=Math.max(this.maxPoint,t-e)),!0)}addChunk(e,t){
if((e-this.lastTo||t.value[0].startSide-this.last.endSide)<0)return!1;this.from.length&&this.finishChunk(!0),this.setMaxPoint=Math.max(this.setMaxPoint,t.maxPoint),
this.chunks.push(t),this.chunkPos.push(e);let i=t.value.length-1;return this.last=t.value[i],this.lastFrom=t.from[i]+e,this.lastTo=t.to[i]+e,!0}finish(){return this.
finishInner(z.empty)}finishInner(e){if(this.from.length&&this.finishChunk(!1),this.chunks.length==0)return e;let t=z.create(this.chunkPos,this.chunks,this.nextLayer?
this.nextLayer.finishInner(e):e,this.setMaxPoint);return this.from=null,t}};function ul(n,e,t){let i=new Map;for(let r of n)for(let o=0;o<r.chunk.length;o++)r.chunk[o].
maxPoint<=0&&i.set(r.chunk[o],r.chunkPos[o]);let s=new Set;for(let r of e)for(let o=0;o<r.chunk.length;o++){let l=i.get(r.chunk[o]);l!=null&&(t?t.mapPos(l):l)==
r.chunkPos[o]&&!t?.touchesRange(l,l+r.chunk[o].length)&&s.add(r.chunk[o])}return s}var mn=class{constructor(e,t,i,s=0){this.layer=e,this.skip=t,this.minPoint=i,
this.rank=s}get startSide(){return this.value?this.value.startSide:0}get endSide(){return this.value?this.value.endSide:0}goto(e,t=-1e9){return this.chunkIndex=
this.rangeIndex=0,this.gotoInner(e,t,!1),this}gotoInner(e,t,i){for(;this.chunkIndex<this.layer.chunk.length;){let s=this.layer.chunk[this.chunkIndex];if(!(this.
skip&&this.skip.has(s)||this.layer.chunkEnd(this.chunkIndex)<e||s.maxPoint<this.minPoint))break;this.chunkIndex++,i=!1}if(this.chunkIndex<this.layer.chunk.length){
let s=this.layer.chunk[this.chunkIndex].findIndex(e-this.layer.chunkPos[this.chunkIndex],t,!0);(!i||this.rangeIndex<s)&&this.setRangeIndex(s)}this.next()}forward(e,t){
(this.to-e||this.endSide-t)<0&&this.gotoInner(e,t,!0)}next(){for(;;)if(this.chunkIndex==this.layer.chunk.length){this.from=this.to=1e9,this.value=null;break}else{
let e=this.layer.chunkPos[this.chunkIndex],t=this.layer.chunk[this.chunkIndex],i=e+t.from[this.rangeIndex];if(this.from=i,this.to=e+t.to[this.rangeIndex],this.value=
t.value[this.rangeIndex],this.setRangeIndex(this.rangeIndex+1),this.minPoint<0||this.value.point&&this.to-this.from>=this.minPoint)break}}setRangeIndex(e){if(e==
this.layer.chunk[this.chunkIndex].value.length){if(this.chunkIndex++,this.skip)for(;this.chunkIndex<this.layer.chunk.length&&this.skip.has(this.layer.chunk[this.
chunkIndex]);)this.chunkIndex++;this.rangeIndex=0}else this.rangeIndex=e}nextChunk(){this.chunkIndex++,this.rangeIndex=0,this.next()}compare(e){return this.from-
e.from||this.startSide-e.startSide||this.rank-e.rank||this.to-e.to||this.endSide-e.endSide}},Mi=class n{constructor(e){this.heap=e}static from(e,t=null,i=-1){let s=[];
for(let r=0;r<e.length;r++)for(let o=e[r];!o.isEmpty;o=o.nextLayer)o.maxPoint>=i&&s.push(new mn(o,t,i,r));return s.length==1?s[0]:new n(s)}get startSide(){return this.
value?this.value.startSide:0}goto(e,t=-1e9){for(let i of this.heap)i.goto(e,t);for(let i=this.heap.length>>1;i>=0;i--)Ds(this.heap,i);return this.next(),this}forward(e,t){
for(let i of this.heap)i.forward(e,t);for(let i=this.heap.length>>1;i>=0;i--)Ds(this.heap,i);(this.to-e||this.value.endSide-t)<0&&this.next()}next(){if(this.heap.
length==0)this.from=this.to=1e9,this.value=null,this.rank=-1;else{let e=this.heap[0];this.from=e.from,this.to=e.to,this.value=e.value,this.rank=e.rank,e.value&&
e.next(),Ds(this.heap,0)}}};function Ds(n,e){for(let t=n[e];;){let i=(e<<1)+1;if(i>=n.length)break;let s=n[i];if(i+1<n.length&&s.compare(n[i+1])>=0&&(s=n[i+1],i++),
t.compare(s)<0)break;n[i]=t,n[e]=s,e=i}}var Mt=class{constructor(e,t,i){this.minPoint=i,this.active=[],this.activeTo=[],this.activeRank=[],this.minActive=-1,this.
point=null,this.pointFrom=0,this.pointRank=0,this.to=-1e9,this.endSide=0,this.openStart=-1,this.cursor=Mi.from(e,t,i)}goto(e,t=-1e9){return this.cursor.goto(e,t),
this.active.length=this.activeTo.length=this.activeRank.length=0,this.minActive=-1,this.to=e,this.endSide=t,this.openStart=-1,this.next(),this}forward(e,t){for(;this.
minActive>-1&&(this.activeTo[this.minActive]-e||this.active[this.minActive].endSide-t)<0;)this.removeActive(this.minActive);this.cursor.forward(e,t)}removeActive(e){
ln(this.active,e),ln(this.activeTo,e),ln(this.activeRank,e),this.minActive=pl(this.active,this.activeTo)}addActive(e){let t=0,{value:i,to:s,rank:r}=this.cursor;
for(;t<this.activeRank.length&&(r-this.activeRank[t]||s-this.activeTo[t])>0;)t++;an(this.active,t,i),an(this.activeTo,t,s),an(this.activeRank,t,r),e&&an(e,t,this.
cursor.from),this.minActive=pl(this.active,this.activeTo)}next(){let e=this.to,t=this.point;this.point=null;let i=this.openStart<0?[]:null;for(;;){let s=this.minActive;
if(s>-1&&(this.activeTo[s]-this.cursor.from||this.active[s].endSide-this.cursor.startSide)<0){if(this.activeTo[s]>e){this.to=this.activeTo[s],this.endSide=this.
active[s].endSide;break}this.removeActive(s),i&&ln(i,s)}else if(this.cursor.value)if(this.cursor.from>e){this.to=this.cursor.from,this.endSide=this.cursor.startSide;
break}else{let r=this.cursor.value;if(!r.point)this.addActive(i),this.cursor.next();else if(t&&this.cursor.to==this.to&&this.cursor.from<this.cursor.to)this.cursor.
next();else{this.point=r,this.pointFrom=this.cursor.from,this.pointRank=this.cursor.rank,this.to=this.cursor.to,this.endSide=r.endSide,this.cursor.next(),this.forward(
this.to,this.endSide);break}}else{this.to=this.endSide=1e9;break}}if(i){this.openStart=0;for(let s=i.length-1;s>=0&&i[s]<e;s--)this.openStart++}}activeForPoint(e){
if(!this.active.length)return this.active;let t=[];for(let i=this.active.length-1;i>=0&&!(this.activeRank[i]<this.pointRank);i--)(this.activeTo[i]>e||this.activeTo[i]==
e&&this.active[i].endSide>=this.point.endSide)&&t.push(this.active[i]);return t.reverse()}openEnd(e){let t=0;for(let i=this.activeTo.length-1;i>=0&&this.activeTo[i]>
e;i--)t++;return t}};function dl(n,e,t,i,s,r){n.goto(e),t.goto(i);let o=i+s,l=i,a=i-e,h=!!r.boundChange;for(let c=!1;;){let f=n.to+a-t.to,u=f||n.endSide-t.endSide,
d=u<0?n.to+a:t.to,p=Math.min(d,o);if(n.point||t.point?(n.point&&t.point&&$s(n.point,t.point)&&zs(n.activeForPoint(n.to),t.activeForPoint(t.to))||r.comparePoint(
l,p,n.point,t.point),c=!1):(c&&(r.boundChange(l),c=!1),p>l&&!zs(n.active,t.active)&&r.compareRange(l,p,n.active,t.active),h&&p<o&&(f||n.openEnd(d)!=t.openEnd(d))&&
(c=!0)),d>o)break;l=d,u<=0&&n.next(),u>=0&&t.next()}}function zs(n,e){if(n.length!=e.length)return!1;for(let t=0;t<n.length;t++)if(n[t]!=e[t]&&!$s(n[t],e[t]))return!1;
return!0}function ln(n,e){for(let t=e,i=n.length-1;t<i;t++)n[t]=n[t+1];n.pop()}function an(n,e,t){for(let i=n.length-1;i>=e;i--)n[i+1]=n[i];n[e]=t}function pl(n,e){
let t=-1,i=1e9;for(let s=0;s<e.length;s++)(e[s]-i||n[s].endSide-n[t].endSide)<0&&(t=s,i=e[s]);return t}function Qt(n,e,t=n.length){let i=0;for(let s=0;s<t&&s<n.
length;)n.charCodeAt(s)==9?(i+=e-i%e,s++):(i++,s=Z(n,s));return i}function Ml(n,e,t,i){for(let s=0,r=0;;){if(r>=e)return s;if(s==n.length)break;r+=n.charCodeAt(
s)==9?t-r%t:1,s=Z(n,s)}return i===!0?-1:n.length}var Tl=typeof Symbol>"u"?"__\u037C":Symbol.for("\u037C"),_s=typeof Symbol>"u"?"__styleSet"+Math.floor(Math.random()*1e8):Symbol("styleSet"),Dl=typeof globalThis<
"u"?globalThis:typeof window<"u"?window:{},Ce=class{constructor(e,t){this.rules=[];let{finish:i}=t||{};function s(r,o,l,a){let h=[],c=/^@(\w+)\b/.exec(r[0]),f=c&&
c[1]=="keyframes";if(c&&o==null)return l.push(r[0]+";");for(let u in o){let d=o[u];if(/&/.test(u))s(u.split(/,\s*/).map(p=>r.map(m=>p.replace(/&/,m))).reduce((p,m)=>p.
concat(m)),d,l);else if(d&&typeof d=="object"){if(!c)throw new RangeError("The value of a property ("+u+") should be a primitive value.");s(Ol(u),d,h,f)}else d!=
null&&(/^--/.test(u)||(u=u.replace(/_.*/,"").replace(/[A-Z]/g,p=>"-"+p.toLowerCase())),h.push(u+": "+d+";"))}(h.length||f)&&l.push((i&&!c&&!a?r.map(i):r).join("\
, ")+" {"+h.join(" ")+"}")}for(let r in e)s(Ol(r),e[r],this.rules)}getRules(){return this.rules.join(`
`)}static newName(){let e=Dl[Tl]||1;return Dl[Tl]=e+1,"\u037C"+e.toString(36)}static mount(e,t,i){let s=e[_s],r=i&&i.nonce;s?r&&s.setNonce(r):s=new js(e,r),s.mount(
Array.isArray(t)?t:[t],e)}};function Ol(n){if(/^@/.test(n))return[n];let e=[],t=0,i=null,s=0,r=0;for(let o=0;o<n.length;o++){let l=n[o];l=="\\"?o++:l=='"'||l=="\
'"?l==i?i=!1:i||(i=l):(l=="["||l=="(")&&!i?t++:(l=="]"||l==")")&&!i?t--:l==","&&!t&&!i&&(e.push(n.slice(r,s)),r=o+1),/\S/.test(l)?s=o+1:o==r&&r++}return e.push(
n.slice(r,s)),e}var Bl=new Map,js=class{constructor(e,t){let i=e.ownerDocument||e,s=i.defaultView;if(!e.head&&e.adoptedStyleSheets&&s.CSSStyleSheet){let r=Bl.get(
i);if(r)return e[_s]=r;this.sheet=new s.CSSStyleSheet,Bl.set(i,this)}else this.styleTag=i.createElement("style"),t&&this.styleTag.setAttribute("nonce",t);this.modules=
[],e[_s]=this}mount(e,t){let i=this.sheet,s=0,r=0,o=!1;for(let l=0;l<e.length;l++){let a=e[l],h=this.modules.indexOf(a);if(h<r&&h>-1&&(this.modules.splice(h,1),
o=!0,r--,h=-1),h==-1){if(this.modules.splice(r++,0,a),o=!0,i)for(let c=0;c<a.rules.length;c++)i.insertRule(a.rules[c],s++)}else{for(;r<h;)s+=this.modules[r++].rules.
length;s+=a.rules.length,r++}}if(i)t.adoptedStyleSheets.indexOf(this.sheet)<0&&(t.adoptedStyleSheets=[this.sheet,...t.adoptedStyleSheets]);else{if(o){let a="";for(let h=0;h<
this.modules.length;h++)a+=this.modules[h].getRules()+`
`;this.styleTag.textContent=a}let l=t.head||t;this.styleTag.parentNode!=l&&l.insertBefore(this.styleTag,l.firstChild)}}setNonce(e){this.styleTag&&this.styleTag.
getAttribute("nonce")!=e&&this.styleTag.setAttribute("nonce",e)}};var tt={8:"Backspace",9:"Tab",10:"Enter",12:"NumLock",13:"Enter",16:"Shift",17:"Control",18:"Alt",20:"CapsLock",27:"Escape",32:" ",33:"PageUp",34:"PageDown",35:"\
End",36:"Home",37:"ArrowLeft",38:"ArrowUp",39:"ArrowRight",40:"ArrowDown",44:"PrintScreen",45:"Insert",46:"Delete",59:";",61:"=",91:"Meta",92:"Meta",106:"*",107:"\
+",108:",",109:"-",110:".",111:"/",144:"NumLock",145:"ScrollLock",160:"Shift",161:"Shift",162:"Control",163:"Control",164:"Alt",165:"Alt",173:"-",186:";",187:"=",
188:",",189:"-",190:".",191:"/",192:"`",219:"[",220:"\\",221:"]",222:"'"},Zt={48:")",49:"!",50:"@",51:"#",52:"$",53:"%",54:"^",55:"&",56:"*",57:"(",59:":",61:"+",
173:"_",186:":",187:"+",188:"<",189:"_",190:">",191:"?",192:"~",219:"{",220:"|",221:"}",222:'"'},hf=typeof navigator<"u"&&/Mac/.test(navigator.platform),cf=typeof navigator<
"u"&&/MSIE \d|Trident\/(?:[7-9]|\d{2,})\..*rv:(\d+)/.exec(navigator.userAgent);for(ne=0;ne<10;ne++)tt[48+ne]=tt[96+ne]=String(ne);var ne;for(ne=1;ne<=24;ne++)tt[ne+
111]="F"+ne;var ne;for(ne=65;ne<=90;ne++)tt[ne]=String.fromCharCode(ne+32),Zt[ne]=String.fromCharCode(ne);var ne;for(bn in tt)Zt.hasOwnProperty(bn)||(Zt[bn]=tt[bn]);
var bn;function El(n){var e=hf&&n.metaKey&&n.shiftKey&&!n.ctrlKey&&!n.altKey||cf&&n.shiftKey&&n.key&&n.key.length==1||n.key=="Unidentified",t=!e&&n.key||(n.shiftKey?
Zt:tt)[n.keyCode]||n.key||"Unidentified";return t=="Esc"&&(t="Escape"),t=="Del"&&(t="Delete"),t=="Left"&&(t="ArrowLeft"),t=="Up"&&(t="ArrowUp"),t=="Right"&&(t="\
ArrowRight"),t=="Down"&&(t="ArrowDown"),t}function ee(){var n=arguments[0];typeof n=="string"&&(n=document.createElement(n));var e=1,t=arguments[1];if(t&&typeof t=="object"&&t.nodeType==null&&!Array.isArray(
t)){for(var i in t)if(Object.prototype.hasOwnProperty.call(t,i)){var s=t[i];typeof s=="string"?n.setAttribute(i,s):s!=null&&(n[i]=s)}e++}for(;e<arguments.length;e++)
Ll(n,arguments[e]);return n}function Ll(n,e){if(typeof e=="string")n.appendChild(document.createTextNode(e));else if(e!=null)if(e.nodeType!=null)n.appendChild(e);else if(Array.
isArray(e))for(var t=0;t<e.length;t++)Ll(n,e[t]);else throw new RangeError("Unsupported child node: "+e)}var fe=typeof navigator<"u"?navigator:{userAgent:"",vendor:"",platform:""},er=typeof document<"u"?document:{documentElement:{style:{}}},tr=/Edge\/(\d+)/.exec(fe.
userAgent),ca=/MSIE \d/.test(fe.userAgent),ir=/Trident\/(?:[7-9]|\d{2,})\..*rv:(\d+)/.exec(fe.userAgent),$n=!!(ca||ir||tr),Rl=!$n&&/gecko\/(\d+)/i.test(fe.userAgent),
Us=!$n&&/Chrome\/(\d+)/.exec(fe.userAgent),Pl="webkitFontSmoothing"in er.documentElement.style,nr=!$n&&/Apple Computer/.test(fe.vendor),Il=nr&&(/Mobile\/\w+/.test(
fe.userAgent)||fe.maxTouchPoints>2),M={mac:Il||/Mac/.test(fe.platform),windows:/Win/.test(fe.platform),linux:/Linux|X11/.test(fe.platform),ie:$n,ie_version:ca?er.
documentMode||6:ir?+ir[1]:tr?+tr[1]:0,gecko:Rl,gecko_version:Rl?+(/Firefox\/(\d+)/.exec(fe.userAgent)||[0,0])[1]:0,chrome:!!Us,chrome_version:Us?+Us[1]:0,ios:Il,
android:/Android\b/.test(fe.userAgent),webkit:Pl,webkit_version:Pl?+(/\bAppleWebKit\/(\d+)/.exec(fe.userAgent)||[0,0])[1]:0,safari:nr,safari_version:nr?+(/\bVersion\/(\d+(\.\d+)?)/.
exec(fe.userAgent)||[0,0])[1]:0,tabSize:er.documentElement.style.tabSize!=null?"tab-size":"-moz-tab-size"};function qr(n,e){for(let t in n)t=="class"&&e.class?e.
class+=" "+n.class:t=="style"&&e.style?e.style+=";"+n.style:e[t]=n[t];return e}var Bn=Object.create(null);function $r(n,e,t){if(n==e)return!0;n||(n=Bn),e||(e=Bn);
let i=Object.keys(n),s=Object.keys(e);if(i.length-0!=s.length-0)return!1;for(let r of i)if(r!=t&&(s.indexOf(r)==-1||n[r]!==e[r]))return!1;return!0}function ff(n,e){
for(let t=n.attributes.length-1;t>=0;t--){let i=n.attributes[t].name;e[i]==null&&n.removeAttribute(i)}for(let t in e){let i=e[t];t=="style"?n.style.cssText=i:n.
getAttribute(t)!=i&&n.setAttribute(t,i)}}function Nl(n,e,t){let i=!1;if(e)for(let s in e)t&&s in t||(i=!0,s=="style"?n.style.cssText="":n.removeAttribute(s));if(t)
for(let s in t)e&&e[s]==t[s]||(i=!0,s=="style"?n.style.cssText=t[s]:n.setAttribute(s,t[s]));return i}function uf(n){let e=Object.create(null);for(let t=0;t<n.attributes.
length;t++){let i=n.attributes[t];e[i.name]=i.value}return e}var Lt=class{eq(e){return!1}updateDOM(e,t,i){return!1}compare(e){return this==e||this.constructor==
e.constructor&&this.eq(e)}get estimatedHeight(){return-1}get lineBreaks(){return 0}ignoreEvent(e){return!0}coordsAt(e,t,i){return null}get isHidden(){return!1}get editable(){
return!1}destroy(e){}},ge=(function(n){return n[n.Text=0]="Text",n[n.WidgetBefore=1]="WidgetBefore",n[n.WidgetAfter=2]="WidgetAfter",n[n.WidgetRange=3]="WidgetR\
ange",n})(ge||(ge={})),V=class extends Ke{constructor(e,t,i,s){super(),this.startSide=e,this.endSide=t,this.widget=i,this.spec=s}get heightRelevant(){return!1}static mark(e){
return new Wi(e)}static widget(e){let t=Math.max(-1e4,Math.min(1e4,e.side||0)),i=!!e.block;return t+=i&&!e.inlineOrder?t>0?3e8:-4e8:t>0?1e8:-1e8,new Rt(e,t,t,i,
e.widget||null,!1)}static replace(e){let t=!!e.block,i,s;if(e.isBlockGap)i=-5e8,s=4e8;else{let{start:r,end:o}=fa(e,t);i=(r?t?-3e8:-1:5e8)-1,s=(o?t?2e8:1:-6e8)+1}
return new Rt(e,i,s,t,e.widget||null,!0)}static line(e){return new Fi(e)}static set(e,t=!1){return z.of(e,t)}hasHeight(){return this.widget?this.widget.estimatedHeight>
-1:!1}};V.none=z.empty;var Wi=class n extends V{constructor(e){let{start:t,end:i}=fa(e);super(t?-1:5e8,i?1:-6e8,null,e),this.tagName=e.tagName||"span",this.attrs=
e.class&&e.attributes?qr(e.attributes,{class:e.class}):e.class?{class:e.class}:e.attributes||Bn}eq(e){return this==e||e instanceof n&&this.tagName==e.tagName&&$r(
this.attrs,e.attrs)}range(e,t=e){if(e>=t)throw new RangeError("Mark decorations may not be empty");return super.range(e,t)}};Wi.prototype.point=!1;var Fi=class n extends V{constructor(e){
super(-2e8,-2e8,null,e)}eq(e){return e instanceof n&&this.spec.class==e.spec.class&&$r(this.spec.attributes,e.spec.attributes)}range(e,t=e){if(t!=e)throw new RangeError(
"Line decoration ranges must be zero-length");return super.range(e,t)}};Fi.prototype.mapMode=pe.TrackBefore;Fi.prototype.point=!0;var Rt=class n extends V{constructor(e,t,i,s,r,o){
super(t,i,r,e),this.block=s,this.isReplace=o,this.mapMode=s?t<=0?pe.TrackBefore:pe.TrackAfter:pe.TrackDel}get type(){return this.startSide!=this.endSide?ge.WidgetRange:
this.startSide<=0?ge.WidgetBefore:ge.WidgetAfter}get heightRelevant(){return this.block||!!this.widget&&(this.widget.estimatedHeight>=5||this.widget.lineBreaks>
0)}eq(e){return e instanceof n&&df(this.widget,e.widget)&&this.block==e.block&&this.startSide==e.startSide&&this.endSide==e.endSide}range(e,t=e){if(this.isReplace&&
(e>t||e==t&&this.startSide>0&&this.endSide<=0))throw new RangeError("Invalid range for replacement decoration");if(!this.isReplace&&t!=e)throw new RangeError("W\
idget decorations can only have zero-length ranges");return super.range(e,t)}};Rt.prototype.point=!0;function fa(n,e=!1){let{inclusiveStart:t,inclusiveEnd:i}=n;
return t==null&&(t=n.inclusive),i==null&&(i=n.inclusive),{start:t??e,end:i??e}}function df(n,e){return n==e||!!(n&&e&&n.compare(e))}function ri(n,e,t,i=0){let s=t.
length-1;s>=0&&t[s]+i>=n?t[s]=Math.max(t[s],e):t.push(n,e)}var En=class n extends Ke{constructor(e,t,i){super(),this.tagName=e,this.attributes=t,this.rank=i}eq(e){
return e==this||e instanceof n&&this.tagName==e.tagName&&$r(this.attributes,e.attributes)}static create(e){return new n(e.tagName,e.attributes||Bn,e.rank==null?
50:Math.max(0,Math.min(e.rank,100)))}static set(e,t=!1){return z.of(e,t)}};En.prototype.startSide=En.prototype.endSide=-1;var re=n=>n.nodeType==1,li=n=>n.nodeType==
3;function Hi(n){let e;return n.nodeType==11?e=n.getSelection?n:n.ownerDocument:e=n,e.getSelection()}function sr(n,e){return e?n==e||n.contains(e.nodeType!=1?e.
parentNode:e):!1}function Oi(n,e){if(!e.anchorNode)return!1;try{return sr(n,e.anchorNode)}catch{return!1}}function Mn(n){return li(n)?Vi(n,0,n.nodeValue.length).
getClientRects():re(n)?n.getClientRects():[]}function Bi(n,e,t,i){return t?Wl(n,e,t,i,-1)||Wl(n,e,t,i,1):!1}function pt(n){for(var e=0;;e++)if(n=n.previousSibling,
!n)return e}function Ln(n){return re(n)&&/^(DIV|P|LI|UL|OL|BLOCKQUOTE|DD|DT|H\d|SECTION|PRE)$/.test(n.nodeName)}function Wl(n,e,t,i,s){for(;;){if(n==t&&e==i)return!0;
if(e==(s<0?0:st(n))){if(n.nodeName=="DIV")return!1;let r=n.parentNode;if(!r||!re(r))return!1;e=pt(n)+(s<0?0:1),n=r}else if(re(n)){if(n=n.childNodes[e+(s<0?-1:0)],
re(n)&&(n.nodeName=="IMG"||n.nodeName=="BR"||n.contentEditable=="false"))return!1;e=s<0?st(n):0}else return!1}}function st(n){return li(n)?n.nodeValue.length:n.
childNodes.length}function Rn(n,e){let{left:t,right:i}=n;if(t==i)return n;let s=e?t:i;return{left:s,right:s,top:n.top,bottom:n.bottom}}function pf(n){let e=n.visualViewport;
return e?{left:0,right:e.width,top:0,bottom:e.height}:{left:0,right:n.innerWidth,top:0,bottom:n.innerHeight}}function ua(n,e){let t=e.width/n.offsetWidth,i=e.height/
n.offsetHeight;return(t>.995&&t<1.005||!isFinite(t)||Math.abs(e.width-n.offsetWidth)<1)&&(t=1),(i>.995&&i<1.005||!isFinite(i)||Math.abs(e.height-n.offsetHeight)<
1)&&(i=1),{scaleX:t,scaleY:i}}function mf(n,e,t,i,s,r,o,l){let a=n.ownerDocument,h=a.defaultView||window;for(let c=n,f=!1;c&&!f;)if(re(c)){let u,d=c==a.body,p=1,
m=1,g=!0,y=!0;if(d)u=pf(h);else{let O=getComputedStyle(c);if(/^(fixed|sticky)$/.test(O.position)&&(f=!0),(c.scrollHeight<=c.clientHeight||!/auto|scroll/.test(O.
overflowY))&&(y=!1),(c.scrollWidth<=c.clientWidth||!/auto|scroll/.test(O.overflowX))&&(g=!1),!g&&!y){c=c.assignedSlot||c.parentNode;continue}let A=c.getBoundingClientRect();
({scaleX:p,scaleY:m}=ua(c,A)),u={left:A.left,right:A.left+c.clientWidth*p,top:A.top,bottom:A.top+c.clientHeight*m}}let b=0,w=0;if(y)if(s=="nearest")e.top<u.top+
o?(w=e.top-(u.top+o),t>0&&e.bottom>u.bottom+w&&(w=e.bottom-u.bottom+o)):e.bottom>u.bottom-o&&(w=e.bottom-u.bottom+o,t<0&&e.top-w<u.top&&(w=e.top-(u.top+o)));else{
let O=e.bottom-e.top,A=u.bottom-u.top;w=(s=="center"&&O<=A?e.top+O/2-A/2:s=="start"||s=="center"&&t<0?e.top-o:e.bottom-A+o)-u.top}if(g&&(i=="nearest"?e.left<u.left+
r?(b=e.left-(u.left+r),t>0&&e.right>u.right+b&&(b=e.right-u.right+r)):e.right>u.right-r&&(b=e.right-u.right+r,t<0&&e.left<u.left+b&&(b=e.left-(u.left+r))):b=(i==
"center"?e.left+(e.right-e.left)/2-(u.right-u.left)/2:i=="start"==l?e.left-r:e.right-(u.right-u.left)+r)-u.left),b||w)if(d)h.scrollBy(b,w);else{let O=0,A=0;if(w){
let B=c.scrollTop;c.scrollTop+=w/m,A=(c.scrollTop-B)*m}if(b){let B=c.scrollLeft;c.scrollLeft+=b/p,O=(c.scrollLeft-B)*p}e={left:e.left-O,top:e.top-A,right:e.right-
O,bottom:e.bottom-A},O&&Math.abs(O-b)<1&&(i="nearest"),A&&Math.abs(A-w)<1&&(s="nearest")}if(d)break;(e.top<u.top||e.bottom>u.bottom||e.left<u.left||e.right>u.right)&&
(e={left:Math.max(e.left,u.left),right:Math.min(e.right,u.right),top:Math.max(e.top,u.top),bottom:Math.min(e.bottom,u.bottom)}),c=c.assignedSlot||c.parentNode}else if(c.
nodeType==11)c=c.host;else break}function da(n,e=!0){let t=n.ownerDocument,i=null,s=null;for(let r=n.parentNode;r&&!(r==t.body||(!e||i)&&s);)if(re(r))!s&&r.scrollHeight>
r.clientHeight&&/scroll|auto/.test(getComputedStyle(r).overflowY)&&(s=r),e&&!i&&r.scrollWidth>r.clientWidth&&/scroll|auto/.test(getComputedStyle(r).overflowX)&&
(i=r),r=r.assignedSlot||r.parentNode;else if(r.nodeType==11)r=r.host;else break;return{x:i,y:s}}var rr=class{constructor(){this.anchorNode=null,this.anchorOffset=
0,this.focusNode=null,this.focusOffset=0}eq(e){return this.anchorNode==e.anchorNode&&this.anchorOffset==e.anchorOffset&&this.focusNode==e.focusNode&&this.focusOffset==
e.focusOffset}setRange(e){let{anchorNode:t,focusNode:i}=e;this.set(t,Math.min(e.anchorOffset,t?st(t):0),i,Math.min(e.focusOffset,i?st(i):0))}set(e,t,i,s){this.anchorNode=
e,this.anchorOffset=t,this.focusNode=i,this.focusOffset=s}};function pa(n){let e=[];for(let t=n;t;t=t.nodeType==11?t.host:t.parentNode)re(t)&&e.push({node:t,left:t.
scrollLeft,top:t.scrollTop});return e}function ma(n,e=!0){for(let{node:t,left:i,top:s}of n)e&&t.scrollTop!=s&&(t.scrollTop=s),t.scrollLeft!=i&&(t.scrollLeft=i)}
var Bt=null;M.safari&&M.safari_version>=26&&(Bt=!1);function ga(n){if(n.setActive)return n.setActive();if(Bt)return n.focus(Bt);let e=pa(n);n.focus(Bt==null?{get preventScroll(){
return Bt={preventScroll:!0},!0}}:void 0),Bt||(Bt=!1,ma(e))}var Fl;function Vi(n,e,t=e){let i=Fl||(Fl=document.createRange());return i.setEnd(n,t),i.setStart(n,
e),i}function oi(n,e,t,i){let s={key:e,code:e,keyCode:t,which:t,cancelable:!0};i&&({altKey:s.altKey,ctrlKey:s.ctrlKey,shiftKey:s.shiftKey,metaKey:s.metaKey}=i);
let r=new KeyboardEvent("keydown",s);r.synthetic=!0,n.dispatchEvent(r);let o=new KeyboardEvent("keyup",s);return o.synthetic=!0,n.dispatchEvent(o),r.defaultPrevented||
o.defaultPrevented}function gf(n){for(;n;){if(n&&(n.nodeType==9||n.nodeType==11&&n.host))return n;n=n.assignedSlot||n.parentNode}return null}function yf(n,e){let t=e.
focusNode,i=e.focusOffset;if(!t||e.anchorNode!=t||e.anchorOffset!=i)return!1;for(i=Math.min(i,st(t));;)if(i){if(!re(t))return!1;let s=t.childNodes[i-1];s.contentEditable==
"false"?i--:(t=s,i=st(t))}else{if(t==n)return!0;i=pt(t),t=t.parentNode}}function ya(n){return n instanceof Window?n.pageYOffset>Math.max(0,n.document.documentElement.
scrollHeight-n.innerHeight-4):n.scrollTop>Math.max(1,n.scrollHeight-n.clientHeight-4)}function ba(n,e){for(let t=n,i=e;;){if(li(t)&&i>0)return{node:t,offset:i};
if(re(t)&&i>0){if(t.contentEditable=="false")return null;t=t.childNodes[i-1],i=st(t)}else if(t.parentNode&&!Ln(t))i=pt(t),t=t.parentNode;else return null}}function xa(n,e){
for(let t=n,i=e;;){if(li(t)&&i<t.nodeValue.length)return{node:t,offset:i};if(re(t)&&i<t.childNodes.length){if(t.contentEditable=="false")return null;t=t.childNodes[i],
i=0}else if(t.parentNode&&!Ln(t))i=pt(t)+1,t=t.parentNode;else return null}}var $e=class n{constructor(e,t,i=!0){this.node=e,this.offset=t,this.precise=i}static before(e,t){
return new n(e.parentNode,pt(e),t)}static after(e,t){return new n(e.parentNode,pt(e)+1,t)}},Y=(function(n){return n[n.LTR=0]="LTR",n[n.RTL=1]="RTL",n})(Y||(Y={})),
ai=Y.LTR,_r=Y.RTL;function wa(n){let e=[];for(let t=0;t<n.length;t++)e.push(1<<+n[t]);return e}var bf=wa("888888888888888888888888888888888886668888887878333333\
3333788888800000000000000000000000000888888000000000000000000000000008888888888888888888888888888888888888786666888808888866338088830888880000000000000000000000\
0800000000000000000000000000000008"),xf=wa("44444488266272889999999999922222222222222222222222222222222222222222222222299999999999999999999944444444446442228222\
22222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222999999949999999229989999223333333333"),or=Object.create(null),
qe=[];for(let n of["()","[]","{}"]){let e=n.charCodeAt(0),t=n.charCodeAt(1);or[e]=t,or[t]=-e}function ka(n){return n<=247?bf[n]:1424<=n&&n<=1524?2:1536<=n&&n<=1785?
xf[n-1536]:1774<=n&&n<=2220?4:8192<=n&&n<=8204?256:64336<=n&&n<=65023?4:1}var wf=/[\u0590-\u05f4\u0600-\u06ff\u0700-\u08ac\ufb50-\ufdff]/,Te=class{get dir(){return this.
level%2?_r:ai}constructor(e,t,i){this.from=e,this.to=t,this.level=i}side(e,t){return this.dir==t==e?this.to:this.from}forward(e,t){return e==(this.dir==t)}static find(e,t,i,s){
let r=-1;for(let o=0;o<e.length;o++){let l=e[o];if(l.from<=t&&l.to>=t){if(l.level==i)return o;(r<0||(s!=0?s<0?l.from<t:l.to>t:e[r].level>l.level))&&(r=o)}}if(r<
0)throw new RangeError("Index out of range");return r}};function va(n,e){if(n.length!=e.length)return!1;for(let t=0;t<n.length;t++){let i=n[t],s=e[t];if(i.from!=
s.from||i.to!=s.to||i.direction!=s.direction||!va(i.inner,s.inner))return!1}return!0}var _=[];function kf(n,e,t,i,s){for(let r=0;r<=i.length;r++){let o=r?i[r-1].
to:e,l=r<i.length?i[r].from:t,a=r?256:s;for(let h=o,c=a,f=a;h<l;h++){let u=ka(n.charCodeAt(h));u==512?u=c:u==8&&f==4&&(u=16),_[h]=u==4?2:u,u&7&&(f=u),c=u}for(let h=o,
c=a,f=a;h<l;h++){let u=_[h];if(u==128)h<l-1&&c==_[h+1]&&c&24?u=_[h]=c:_[h]=256;else if(u==64){let d=h+1;for(;d<l&&_[d]==64;)d++;let p=h&&c==8||d<t&&_[d]==8?f==1?
1:8:256;for(let m=h;m<d;m++)_[m]=p;h=d-1}else u==8&&f==1&&(_[h]=1);c=u,u&7&&(f=u)}}}function vf(n,e,t,i,s){let r=s==1?2:1;for(let o=0,l=0,a=0;o<=i.length;o++){let h=o?
i[o-1].to:e,c=o<i.length?i[o].from:t;for(let f=h,u,d,p;f<c;f++)if(d=or[u=n.charCodeAt(f)])if(d<0){for(let m=l-3;m>=0;m-=3)if(qe[m+1]==-d){let g=qe[m+2],y=g&2?s:
g&4?g&1?r:s:0;y&&(_[f]=_[qe[m]]=y),l=m;break}}else{if(qe.length==189)break;qe[l++]=f,qe[l++]=u,qe[l++]=a}else if((p=_[f])==2||p==1){let m=p==s;a=m?0:1;for(let g=l-
3;g>=0;g-=3){let y=qe[g+2];if(y&2)break;if(m)qe[g+2]|=2;else{if(y&4)break;qe[g+2]|=4}}}}}function Sf(n,e,t,i){for(let s=0,r=i;s<=t.length;s++){let o=s?t[s-1].to:
n,l=s<t.length?t[s].from:e;for(let a=o;a<l;){let h=_[a];if(h==256){let c=a+1;for(;;)if(c==l){if(s==t.length)break;c=t[s++].to,l=s<t.length?t[s].from:e}else if(_[c]==
256)c++;else break;let f=r==1,u=(c<e?_[c]:i)==1,d=f==u?f?1:2:i;for(let p=c,m=s,g=m?t[m-1].to:n;p>a;)p==g&&(p=t[--m].from,g=m?t[m-1].to:n),_[--p]=d;a=c}else r=h,
a++}}}function lr(n,e,t,i,s,r,o){let l=i%2?2:1;if(i%2==s%2)for(let a=e,h=0;a<t;){let c=!0,f=!1;if(h==r.length||a<r[h].from){let m=_[a];m!=l&&(c=!1,f=m==16)}let u=!c&&
l==1?[]:null,d=c?i:i+1,p=a;e:for(;;)if(h<r.length&&p==r[h].from){if(f)break e;let m=r[h];if(!c)for(let g=m.to,y=h+1;;){if(g==t)break e;if(y<r.length&&r[y].from==
g)g=r[y++].to;else{if(_[g]==l)break e;break}}if(h++,u)u.push(m);else{m.from>a&&o.push(new Te(a,m.from,d));let g=m.direction==ai!=!(d%2);ar(n,g?i+1:i,s,m.inner,m.
from,m.to,o),a=m.to}p=m.to}else{if(p==t||(c?_[p]!=l:_[p]==l))break;p++}u?lr(n,a,p,i+1,s,u,o):a<p&&o.push(new Te(a,p,d)),a=p}else for(let a=t,h=r.length;a>e;){let c=!0,
f=!1;if(!h||a>r[h-1].to){let m=_[a-1];m!=l&&(c=!1,f=m==16)}let u=!c&&l==1?[]:null,d=c?i:i+1,p=a;e:for(;;)if(h&&p==r[h-1].to){if(f)break e;let m=r[--h];if(!c)for(let g=m.
from,y=h;;){if(g==e)break e;if(y&&r[y-1].to==g)g=r[--y].from;else{if(_[g-1]==l)break e;break}}if(u)u.push(m);else{m.to<a&&o.push(new Te(m.to,a,d));let g=m.direction==
ai!=!(d%2);ar(n,g?i+1:i,s,m.inner,m.from,m.to,o),a=m.from}p=m.from}else{if(p==e||(c?_[p-1]!=l:_[p-1]==l))break;p--}u?lr(n,p,a,i+1,s,u,o):p<a&&o.push(new Te(p,a,
d)),a=p}}function ar(n,e,t,i,s,r,o){let l=e%2?2:1;kf(n,s,r,i,l),vf(n,s,r,i,l),Sf(s,r,i,l),lr(n,s,r,e,t,i,o)}function Cf(n,e,t){if(!n)return[new Te(0,0,e==_r?1:0)];
if(e==ai&&!t.length&&!wf.test(n))return Sa(n.length);if(t.length)for(;n.length>_.length;)_[_.length]=256;let i=[],s=e==ai?0:1;return ar(n,s,s,t,0,n.length,i),i}
function Sa(n){return[new Te(0,n,0)]}var Ca="";function Af(n,e,t,i,s){var r;if(!n.length)return null;let o=i.head-n.from,l;if(i.head==n.from&&i.assoc<0){if(!s)return null;
o=e[l=0].side(!1,t)}else if(i.head==n.to&&i.assoc>0){if(s)return null;o=e[l=e.length-1].side(!0,t)}else l=Te.find(e,o,(r=i.bidiLevel)!==null&&r!==void 0?r:-1,i.
assoc);let a=e[l],h=a.side(s,t);if(o==h){let u=l+=s?1:-1;if(u<0||u>=e.length)return null;a=e[l=u],o=a.side(!s,t),h=a.side(s,t)}let c=Z(n.text,o,a.forward(s,t));
(c<a.from||c>a.to)&&(c=h),Ca=n.text.slice(Math.min(o,c),Math.max(o,c));let f=l==(s?e.length-1:0)?null:e[l+(s?1:-1)];if(c==h){if(!f)return s?x.cursor(n.to,1):x.cursor(
n.from,-1);if(f.level+(s?0:1)<a.level)return x.cursor(f.side(!s,t)+n.from,f.forward(s,t)?1:-1,f.level)}return x.cursor(c+n.from,a.forward(s,t)?-1:1,a.level)}function Mf(n,e,t){
for(let i=e;i<t;i++){let s=ka(n.charCodeAt(i));if(s==1)return ai;if(s==2||s==4)return _r}}var Aa=D.define(),Ma=D.define(),Ta=D.define(),Da=D.define(),hr=D.define(),
Oa=D.define(),Ba=D.define(),jr=D.define(),Ur=D.define(),Ea=D.define({combine:n=>n.some(e=>e)}),Tf=D.define({combine:n=>n.some(e=>e)}),La=D.define(),Ei=class n{constructor(e,t,i,s,r,o=!1){
this.range=e,this.y=t,this.x=i,this.yMargin=s,this.xMargin=r,this.isSnapshot=o}map(e){return e.empty?this:new n(this.range.map(e),this.y,this.x,this.yMargin,this.
xMargin,this.isSnapshot)}clip(e){return this.range.to<=e.doc.length?this:new n(x.cursor(e.doc.length),this.y,this.x,this.yMargin,this.xMargin,this.isSnapshot)}},
xn=W.define({map:(n,e)=>n.map(e)}),Ra=W.define();function We(n,e,t){let i=n.facet(Da);i.length?i[0](e):window.onerror&&window.onerror(String(e),t,void 0,void 0,
e)||(t?console.error(t+":",e):console.error(e))}var it=D.define({combine:n=>n.length?n[0]:!0}),Df=0,ti=D.define({combine(n){return n.filter((e,t)=>{for(let i=0;i<
t;i++)if(n[i].plugin==e.plugin)return!1;return!0})}}),De=class n{constructor(e,t,i,s,r){this.id=e,this.create=t,this.domEventHandlers=i,this.domEventObservers=s,
this.baseExtensions=r(this),this.extension=this.baseExtensions.concat(ti.of({plugin:this,arg:void 0}))}of(e){return this.baseExtensions.concat(ti.of({plugin:this,
arg:e}))}static define(e,t){let{eventHandlers:i,eventObservers:s,provide:r,decorations:o}=t||{};return new n(Df++,e,i,s,l=>{let a=[];return o&&a.push(_n.of(h=>{
let c=h.plugin(l);return c?o(c):V.none})),r&&a.push(r(l)),a})}static fromClass(e,t){return n.define((i,s)=>new e(i,s),t)}},Li=class{constructor(e){this.spec=e,this.
mustUpdate=null,this.value=null}get plugin(){return this.spec&&this.spec.plugin}update(e){if(this.value){if(this.mustUpdate){let t=this.mustUpdate;if(this.mustUpdate=
null,this.value.update)try{this.value.update(t)}catch(i){if(We(t.state,i,"CodeMirror plugin crashed"),this.value.destroy)try{this.value.destroy()}catch{}this.deactivate()}}}else if(this.
spec)try{this.value=this.spec.plugin.create(e,this.spec.arg)}catch(t){We(e.state,t,"CodeMirror plugin crashed"),this.deactivate()}return this}destroy(e){var t;if(!((t=
this.value)===null||t===void 0)&&t.destroy)try{this.value.destroy()}catch(i){We(e.state,i,"CodeMirror plugin crashed")}}deactivate(){this.spec=this.value=null}},
Pa=D.define(),Gr=D.define(),_n=D.define(),Ia=D.define(),Yr=D.define(),Ki=D.define(),Na=D.define();function Hl(n,e){let t=n.state.facet(Na);if(!t.length)return t;
let i=t.map(r=>r instanceof Function?r(n):r),s=[];return z.spans(i,e.from,e.to,{point(){},span(r,o,l,a){let h=r-e.from,c=o-e.from,f=s;for(let u=l.length-1;u>=0;u--,
a--){let d=l[u].spec.bidiIsolate,p;if(a>0&&f.length&&(p=f[f.length-1]).to==h&&p.direction==d)p.to=c,f=p.inner;else{let m={from:h,to:c,direction:d,inner:[]};f.push(
m),f=m.inner}}}}),Wa(e.text,s)}function Wa(n,e){for(let t of e){if(t.direction==null){for(let i=t.from,s=0;i<t.to;s++){let r=s<t.inner.length?t.inner[s]:null,o=Mf(
n,i,r?r.from:t.to);if(o){t.direction=o;break}if(!r)break;i=r.to}t.direction==null&&(t.direction=Y.LTR)}Wa(n,t.inner)}return e}var Fa=D.define();function Ha(n){let e=0,
t=0,i=0,s=0;for(let r of n.state.facet(Fa)){let o=r(n);o&&(o.left!=null&&(e=Math.max(e,o.left)),o.right!=null&&(t=Math.max(t,o.right)),o.top!=null&&(i=Math.max(
i,o.top)),o.bottom!=null&&(s=Math.max(s,o.bottom)))}return{left:e,right:t,top:i,bottom:s}}var Ti=D.define(),Fe=class n{constructor(e,t,i,s){this.fromA=e,this.toA=
t,this.fromB=i,this.toB=s}join(e){return new n(Math.min(this.fromA,e.fromA),Math.max(this.toA,e.toA),Math.min(this.fromB,e.fromB),Math.max(this.toB,e.toB))}addToSet(e){
let t=e.length,i=this;for(;t>0;t--){let s=e[t-1];if(!(s.fromA>i.toA)){if(s.toA<i.fromA)break;i=i.join(s),e.splice(t-1,1)}}return e.splice(t,0,i),e}static extendWithRanges(e,t){
if(t.length==0)return e;let i=[];for(let s=0,r=0,o=0;;){let l=s<e.length?e[s].fromB:1e9,a=r<t.length?t[r]:1e9,h=Math.min(l,a);if(h==1e9)break;let c=h+o,f=h,u=c;
for(;;)if(r<t.length&&t[r]<=f){let d=t[r+1];r+=2,f=Math.max(f,d);for(let p=s;p<e.length&&e[p].fromB<=f;p++)o=e[p].toA-e[p].toB;u=Math.max(u,d+o)}else if(s<e.length&&
e[s].fromB<=f){let d=e[s++];f=Math.max(f,d.toB),u=Math.max(u,d.toA),o=d.toA-d.toB}else break;i.push(new n(c,u,h,f))}return i}},Pn=class n{constructor(e,t,i){this.
view=e,this.state=t,this.transactions=i,this.flags=0,this.startState=e.state,this.changes=ce.empty(this.startState.doc.length);for(let r of i)this.changes=this.
changes.compose(r.changes);let s=[];this.changes.iterChangedRanges((r,o,l,a)=>s.push(new Fe(r,o,l,a))),this.changedRanges=s}static create(e,t,i){return new n(e,
t,i)}get viewportChanged(){return(this.flags&4)>0}get viewportMoved(){return(this.flags&8)>0}get heightChanged(){return(this.flags&2)>0}get geometryChanged(){return this.
docChanged||(this.flags&18)>0}get focusChanged(){return(this.flags&1)>0}get docChanged(){return!this.changes.empty}get selectionSet(){return this.transactions.some(
e=>e.selection)}get empty(){return this.flags==0&&this.transactions.length==0}},Of=[],J=class{constructor(e,t,i=0){this.dom=e,this.length=t,this.flags=i,this.parent=
null,e.cmTile=this}get breakAfter(){return this.flags&1}get children(){return Of}isWidget(){return!1}get isHidden(){return!1}isComposite(){return!1}isLine(){return!1}isText(){
return!1}isBlock(){return!1}get domAttrs(){return null}sync(e){if(this.flags|=2,this.flags&4){this.flags&=-5;let t=this.domAttrs;t&&ff(this.dom,t)}}toString(){return this.
constructor.name+(this.children.length?`(${this.children})`:"")+(this.breakAfter?"#":"")}destroy(){this.parent=null}setDOM(e){this.dom=e,e.cmTile=this}get posAtStart(){
return this.parent?this.parent.posBefore(this):0}get posAtEnd(){return this.posAtStart+this.length}posBefore(e,t=this.posAtStart){let i=t;for(let s of this.children){
if(s==e)return i;i+=s.length+s.breakAfter}throw new RangeError("Invalid child in posBefore")}posAfter(e){return this.posBefore(e)+e.length}covers(e){return!0}coordsIn(e,t,i){
return null}domPosFor(e,t){let i=pt(this.dom),s=this.length?e>0:t>0;return new $e(this.parent.dom,i+(s?1:0),e==0||e==this.length)}markDirty(e){this.flags&=-3,e&&
(this.flags|=4),this.parent&&this.parent.flags&2&&this.parent.markDirty(!1)}get overrideDOMText(){return null}get root(){for(let e=this;e;e=e.parent)if(e instanceof
ci)return e;return null}static get(e){return e.cmTile}},hi=class extends J{constructor(e){super(e,0),this._children=[]}isComposite(){return!0}get children(){return this.
_children}get lastChild(){return this.children.length?this.children[this.children.length-1]:null}append(e){this.children.push(e),e.parent=this}sync(e){if(this.flags&
2)return;super.sync(e);let t=this.dom,i=null,s,r=e?.node==t?e:null,o=0;for(let l of this.children){if(l.sync(e),o+=l.length+l.breakAfter,s=i?i.nextSibling:t.firstChild,
r&&s!=l.dom&&(r.written=!0),l.dom.parentNode==t)for(;s&&s!=l.dom;)s=Vl(s);else t.insertBefore(l.dom,s);i=l.dom}for(s=i?i.nextSibling:t.firstChild,r&&s&&(r.written=
!0);s;)s=Vl(s);this.length=o}};function Vl(n){let e=n.nextSibling;return n.parentNode.removeChild(n),e}var ci=class extends hi{constructor(e,t){super(t),this.view=
e}owns(e){for(;e;e=e.parent)if(e==this)return!0;return!1}isBlock(){return!0}nearest(e){for(;;){if(!e)return null;let t=J.get(e);if(t&&this.owns(t))return t;e=e.
parentNode}}blockTiles(e){for(let t=[],i=this,s=0,r=0;;)if(s==i.children.length){if(!t.length)return;i=i.parent,i.breakAfter&&r++,s=t.pop()}else{let o=i.children[s++];
if(o instanceof nt)t.push(s),i=o,s=0;else{let l=r+o.length,a=e(o,r);if(a!==void 0)return a;r=l+o.breakAfter}}}resolveBlock(e,t){let i,s=-1,r,o=-1;if(this.blockTiles(
(l,a)=>{let h=a+l.length;if(e>=a&&e<=h){if(l.isWidget()&&t>=-1&&t<=1){if(l.flags&32)return!0;l.flags&16&&(i=void 0)}(a<e||e==h&&(t<-1?l.length:l.covers(1)))&&(!i||
!l.isWidget()&&i.isWidget())&&(i=l,s=e-a),(h>e||e==a&&(t>1?l.length:l.covers(-1)))&&(!r||!l.isWidget()&&r.isWidget())&&(r=l,o=e-a)}}),!i&&!r)throw new Error("No\
 tile at position "+e);return i&&t<0||!r?{tile:i,offset:s}:{tile:r,offset:o}}},nt=class n extends hi{constructor(e,t){super(e),this.wrapper=t}isBlock(){return!0}covers(e){
return this.children.length?e<0?this.children[0].covers(-1):this.lastChild.covers(1):!1}get domAttrs(){return this.wrapper.attributes}static of(e,t){let i=new n(
t||document.createElement(e.tagName),e);return t||(i.flags|=4),i}},fi=class n extends hi{constructor(e,t){super(e),this.attrs=t}isLine(){return!0}static start(e,t,i){
let s=new n(t||document.createElement("div"),e);return(!t||!i)&&(s.flags|=4),s}get domAttrs(){return this.attrs}resolveInline(e,t,i=!1){let s=null,r=-1,o=null,l=-1;
function a(c,f){for(let u=0,d=0;u<c.children.length&&d<=f;u++){let p=c.children[u],m=d+p.length;m>=f&&(p.isComposite()?a(p,f-d):(!o||i&&o.isHidden&&(t>0&&!(o.flags&
32)||i&&Ef(o,p)))&&(m>f||p.flags&32&&t<=1)?(o=p,l=f-d):(d<f||p.flags&16&&!(i&&p.isHidden)&&t>=-1)&&(s=p,r=f-d)),d=m}}a(this,e);let h=(t<0?s:o)||s||o;return h?{tile:h,
offset:h==s?r:l}:null}coordsIn(e,t,i){let s=this.resolveInline(e,t,!0);return s?s.tile.coordsIn(Math.max(0,s.offset),t,i):Bf(this)}domIn(e,t){let i=this.resolveInline(
e,t);if(i){let{tile:s,offset:r}=i;if(this.dom.contains(s.dom))return s.isText()?new $e(s.dom,Math.min(s.dom.nodeValue.length,r)):s.domPosFor(r,s.flags&16?1:s.flags&
32?-1:t);let o=i.tile.parent,l=!1;for(let a of o.children){if(l)return new $e(a.dom,0);a==i.tile&&(l=!0)}}return new $e(this.dom,0)}};function Bf(n){let e=n.dom.
lastChild;if(!e)return n.dom.getBoundingClientRect();let t=Mn(e);return t[t.length-1]||null}function Ef(n,e){let t=n.coordsIn(0,1),i=e.coordsIn(0,1);return t&&i&&
i.top<t.bottom}var me=class n extends hi{constructor(e,t){super(e),this.mark=t}get domAttrs(){return this.mark.attrs}static of(e,t){let i=new n(t||document.createElement(
e.tagName),e);return t||(i.flags|=4),i}},Et=class n extends J{constructor(e,t){super(e,t.length),this.text=t}sync(e){this.flags&2||(super.sync(e),this.dom.nodeValue!=
this.text&&(e&&e.node==this.dom&&(e.written=!0),this.dom.nodeValue=this.text))}isText(){return!0}toString(){return JSON.stringify(this.text)}coordsIn(e,t,i){let s=this.
dom.nodeValue.length;e>s&&(e=s);let r=e,o=e,l=0;e==0&&t<0||e==s&&t>=0?M.chrome||M.gecko||(e?(r--,l=1):o<s&&(o++,l=-1)):t<0?r--:o<s&&o++;let a=Vi(this.dom,r,o).getClientRects();
if(!a.length)return null;let h=a[(l?l<0:t>=0)?0:a.length-1];return M.safari&&!l&&h.width==0&&(h=Array.prototype.find.call(a,c=>c.width)||h),i==null?h:Rn(h,(l?l>
0:t<0)==i)}static of(e,t){let i=new n(t||document.createTextNode(e),e);return t||(i.flags|=2),i}},Pt=class n extends J{constructor(e,t,i,s){super(e,t,s),this.widget=
i}isWidget(){return!0}get isHidden(){return this.widget.isHidden}covers(e){return this.flags&48?!1:(this.flags&(e<0?64:128))>0}coordsIn(e,t){return this.coordsInWidget(
e,t,!1)}coordsInWidget(e,t,i){let s=this.widget.coordsAt(this.dom,e,t);if(s)return s;if(i)return Rn(this.dom.getBoundingClientRect(),this.length?e==0:t<=0);{let r=this.
dom.getClientRects(),o=null;if(!r.length)return null;let l=this.flags&16?!0:this.flags&32?!1:e>0;for(let a=l?r.length-1:0;o=r[a],!(e>0?a==0:a==r.length-1||o.top<
o.bottom);a+=l?-1:1);return Rn(o,!l)}}get overrideDOMText(){if(!this.length)return N.empty;let{root:e}=this;if(!e)return N.empty;let t=this.posAtStart;return e.
view.state.doc.slice(t,t+this.length)}destroy(){super.destroy(),this.widget.destroy(this.dom)}static of(e,t,i,s,r){return r||(r=e.toDOM(t),e.editable||(r.contentEditable=
"false")),new n(r,i,e,s)}},ui=class extends J{constructor(e){let t=document.createElement("img");t.className="cm-widgetBuffer",t.setAttribute("aria-hidden","tru\
e"),super(t,0,e)}get isHidden(){return!0}get overrideDOMText(){return N.empty}coordsIn(e,t,i){let s=this.dom.getBoundingClientRect();return i==null?s:Rn(s,t>0==
i)}},cr=class{constructor(e){this.index=0,this.beforeBreak=!1,this.parents=[],this.tile=e}advance(e,t,i){let{tile:s,index:r,beforeBreak:o,parents:l}=this;for(;e||
t>0;)if(s.isComposite())if(o){if(!e)break;i&&i.break(),e--,o=!1}else if(r==s.children.length){if(!e&&!l.length)break;i&&i.leave(s),o=!!s.breakAfter,{tile:s,index:r}=
l.pop(),r++}else{let a=s.children[r],h=a.breakAfter;(t>0?a.length<=e:a.length<e)&&(!i||i.skip(a,0,a.length)!==!1||!a.isComposite)?(o=!!h,r++,e-=a.length):(l.push(
{tile:s,index:r}),s=a,r=0,i&&a.isComposite()&&i.enter(a))}else{let a=s.length;if(r<a&&e){let h=Math.min(e,a-r);i&&i.skip(s,r,r+h),e-=h,r+=h}if(r==a)o=!!s.breakAfter,
{tile:s,index:r}=l.pop(),r++;else if(!e)break}return this.tile=s,this.index=r,this.beforeBreak=o,this}get root(){return this.parents.length?this.parents[0].tile:
this.tile}},fr=class{constructor(e,t,i,s){this.from=e,this.to=t,this.wrapper=i,this.rank=s}},ur=class{constructor(e,t,i){this.cache=e,this.root=t,this.blockWrappers=
i,this.curLine=null,this.lastBlock=null,this.afterWidget=null,this.pos=0,this.wrappers=[],this.wrapperPos=0}addText(e,t,i,s){var r;this.flushBuffer();let o=this.
ensureMarks(t,i),l=o.lastChild;if(l&&l.isText()&&!(l.flags&8)&&l.length+e.length<512){this.cache.reused.set(l,2);let a=o.children[o.children.length-1]=new Et(l.
dom,l.text+e);a.parent=o}else o.append(s||Et.of(e,(r=this.cache.find(Et))===null||r===void 0?void 0:r.dom));this.pos+=e.length,this.afterWidget=null}addComposition(e,t){
let i=this.curLine;i.dom!=t.line.dom&&(i.setDOM(this.cache.reused.has(t.line)?Gs(t.line.dom):t.line.dom),this.cache.reused.set(t.line,2));let s=i;for(let l=t.marks.
length-1;l>=0;l--){let a=t.marks[l],h=s.lastChild;if(h instanceof me&&h.mark.eq(a.mark))h.dom!=a.dom&&h.setDOM(Gs(a.dom)),s=h;else{let{dom:c}=a;this.cache.reused.
get(a)&&J.get(a.dom)&&(c=Gs(a.dom));let f=me.of(a.mark,c);s.append(f),s=f}this.cache.reused.set(a,2)}let r=J.get(e.text);r&&this.cache.reused.set(r,2);let o=new Et(
e.text,e.text.nodeValue);o.flags|=8,this.pos=e.range.toB,s.append(o)}addInlineWidget(e,t,i){let s=this.afterWidget&&e.flags&48&&(this.afterWidget.flags&48)==(e.
flags&48);s||this.flushBuffer();let r=this.ensureMarks(t,i);!s&&!(e.flags&16)&&r.append(this.getBuffer(1)),r.append(e),this.pos+=e.length,this.afterWidget=e}addMark(e,t,i){
this.flushBuffer(),this.ensureMarks(t,i).append(e),this.pos+=e.length,this.afterWidget=null}addBlockWidget(e){this.getBlockPos().append(e),this.pos+=e.length,this.
lastBlock=e,this.endLine()}continueWidget(e){let t=this.afterWidget||this.lastBlock;t.length+=e,this.pos+=e}addLineStart(e,t){var i;e||(e=Va);let s=fi.start(e,t||
((i=this.cache.find(fi))===null||i===void 0?void 0:i.dom),!!t);this.getBlockPos().append(this.lastBlock=this.curLine=s)}addLine(e){this.getBlockPos().append(e),
this.pos+=e.length,this.lastBlock=e,this.endLine()}addBreak(){this.lastBlock.flags|=1,this.endLine(),this.pos++}addLineStartIfNotCovered(e){this.blockPosCovered()||
this.addLineStart(e)}ensureLine(e){this.curLine||this.addLineStart(e)}ensureMarks(e,t){var i;let s=this.curLine;for(let r=e.length-1;r>=0;r--){let o=e[r],l;if(t>
0&&(l=s.lastChild)&&l instanceof me&&l.mark.eq(o))s=l,t--;else{let a=me.of(o,(i=this.cache.find(me,h=>h.mark.eq(o)))===null||i===void 0?void 0:i.dom);s.append(a),
s=a,t=0}}return s}endLine(){if(this.curLine){this.flushBuffer();let e=this.curLine.lastChild;(!e||!zl(this.curLine,!1)||e.dom.nodeName!="BR"&&e.isWidget()&&!(M.
ios&&zl(this.curLine,!0)))&&this.curLine.append(this.cache.findWidget(Ys,0,32)||new Pt(Ys.toDOM(),0,Ys,32)),this.curLine=this.afterWidget=null}}updateBlockWrappers(){
this.wrapperPos>this.pos+1e4&&(this.blockWrappers.goto(this.pos),this.wrappers.length=0);for(let e=this.wrappers.length-1;e>=0;e--)this.wrappers[e].to<this.pos&&
this.wrappers.splice(e,1);for(let e=this.blockWrappers;e.value&&e.from<=this.pos;e.next())if(e.to>=this.pos){let t=e.rank*102+e.value.rank,i=new fr(e.from,e.to,
e.value,t),s=this.wrappers.length;for(;s>0&&(this.wrappers[s-1].rank-i.rank||this.wrappers[s-1].to-i.to)<0;)s--;this.wrappers.splice(s,0,i)}this.wrapperPos=this.
pos}getBlockPos(){var e;this.updateBlockWrappers();let t=this.root;for(let i of this.wrappers){let s=t.lastChild;if(i.from<this.pos&&s instanceof nt&&s.wrapper.
eq(i.wrapper))t=s;else{let r=nt.of(i.wrapper,(e=this.cache.find(nt,o=>o.wrapper.eq(i.wrapper)))===null||e===void 0?void 0:e.dom);t.append(r),t=r}}return t}blockPosCovered(){
let e=this.lastBlock;return e!=null&&!e.breakAfter&&(!e.isWidget()||(e.flags&160)>0)}getBuffer(e){let t=2|(e<0?16:32),i=this.cache.find(ui,void 0,1);return i&&(i.
flags=t),i||new ui(t)}flushBuffer(){this.afterWidget&&!(this.afterWidget.flags&32)&&(this.afterWidget.parent.append(this.getBuffer(-1)),this.afterWidget=null)}},
dr=class{constructor(e){this.skipCount=0,this.text="",this.textOff=0,this.cursor=e.iter()}skip(e){this.textOff+e<=this.text.length?this.textOff+=e:(this.skipCount+=
e-(this.text.length-this.textOff),this.text="",this.textOff=0)}next(e){if(this.textOff==this.text.length){let{value:s,lineBreak:r,done:o}=this.cursor.next(this.
skipCount);if(this.skipCount=0,o)throw new Error("Ran out of text content when drawing inline views");this.text=s;let l=this.textOff=Math.min(e,s.length);return r?
null:s.slice(0,l)}let t=Math.min(this.text.length,this.textOff+e),i=this.text.slice(this.textOff,t);return this.textOff=t,i}},In=[Pt,fi,Et,me,ui,nt,ci];for(let n=0;n<
In.length;n++)In[n].bucket=n;var pr=class{constructor(e){this.view=e,this.buckets=In.map(()=>[]),this.index=In.map(()=>0),this.reused=new Map}add(e){let t=e.constructor.
bucket,i=this.buckets[t];i.length<6?i.push(e):i[this.index[t]=(this.index[t]+1)%6]=e}find(e,t,i=2){let s=e.bucket,r=this.buckets[s],o=this.index[s];for(let l=0;l<
r.length;l++){let a=(l+o)%r.length,h=r[a];if((!t||t(h))&&!this.reused.has(h))return r.splice(a,1),a<o&&this.index[s]--,this.reused.set(h,i),h}return null}findWidget(e,t,i){
let s=this.buckets[0];if(s.length)for(let r=0,o=0;;r++){if(r==s.length){if(o)return null;o=1,r=0}let l=s[r];if(!this.reused.has(l)&&(o==0?l.widget.compare(e):l.
widget.constructor==e.constructor&&e.updateDOM(l.dom,this.view,l.widget)))return s.splice(r,1),r<this.index[0]&&this.index[0]--,l.widget==e&&l.length==t&&(l.flags&
497)==i?(this.reused.set(l,1),l):(this.reused.set(l,2),new Pt(l.dom,t,e,l.flags&-498|i))}}reuse(e){return this.reused.set(e,1),e}maybeReuse(e,t=2){if(!this.reused.
has(e))return this.reused.set(e,t),e.dom}clear(){for(let e=0;e<this.buckets.length;e++)this.buckets[e].length=this.index[e]=0}},mr=class{constructor(e,t,i,s,r){
this.view=e,this.decorations=s,this.disallowBlockEffectsFor=r,this.openWidget=!1,this.openMarks=0,this.cache=new pr(e),this.text=new dr(e.state.doc),this.builder=
new ur(this.cache,new ci(e,e.contentDOM),z.iter(i)),this.cache.reused.set(t,2),this.old=new cr(t),this.reuseWalker={skip:(o,l,a)=>{if(this.cache.add(o),o.isComposite())
return!1},enter:o=>this.cache.add(o),leave:()=>{},break:()=>{}}}run(e,t){let i=t&&this.getCompositionContext(t.text);for(let s=0,r=0,o=0;;){let l=o<e.length?e[o++]:
null,a=l?l.fromA:this.old.root.length;if(a>s){let h=a-s;this.preserve(h,!o,!l),s=a,r+=h}if(!l)break;t&&l.fromA<=t.range.fromA&&l.toA>=t.range.toA?(this.forward(
l.fromA,t.range.fromA,t.range.fromA<t.range.toA?1:-1),this.emit(r,t.range.fromB),this.builder.flushBuffer(),this.cache.clear(),this.builder.addComposition(t,i),
this.text.skip(t.range.toB-t.range.fromB),this.forward(t.range.fromA,l.toA),this.emit(t.range.toB,l.toB)):(this.forward(l.fromA,l.toA),this.emit(r,l.toB)),r=l.toB,
s=l.toA}return this.builder.curLine&&this.builder.endLine(),this.builder.root}preserve(e,t,i){let s=Pf(this.old),r=this.openMarks;this.old.advance(e,i?1:-1,{skip:(o,l,a)=>{
if(o.isWidget())if(this.openWidget)this.builder.continueWidget(a-l);else{let h=a>0||l<o.length?Pt.of(o.widget,this.view,a-l,o.flags&496,this.cache.maybeReuse(o)):
this.cache.reuse(o);h.flags&256?(h.flags&=-2,this.builder.addBlockWidget(h)):(this.builder.ensureLine(null),this.builder.addInlineWidget(h,s,r),r=s.length)}else if(o.
isText())this.builder.ensureLine(null),!l&&a==o.length&&!this.cache.reused.has(o)?this.builder.addText(o.text,s,r,this.cache.reuse(o)):(this.cache.add(o),this.builder.
addText(o.text.slice(l,a),s,r)),r=s.length;else if(o.isLine())o.flags&=-2,this.cache.reused.set(o,1),this.builder.addLine(o);else if(o instanceof ui)this.cache.
add(o);else if(o instanceof me)this.builder.ensureLine(null),this.builder.addMark(o,s,r),this.cache.reused.set(o,1),r=s.length;else return!1;this.openWidget=!1},
enter:o=>{o.isLine()?this.builder.addLineStart(o.attrs,this.cache.maybeReuse(o)):(this.cache.add(o),o instanceof me&&s.unshift(o.mark)),this.openWidget=!1},leave:o=>{
o.isLine()?s.length&&(s.length=r=0):o instanceof me&&(s.shift(),r=Math.min(r,s.length))},break:()=>{this.builder.addBreak(),this.openWidget=!1}}),this.text.skip(
e)}emit(e,t){let i=null,s=this.builder,r=-1,o=z.spans(this.decorations,e,t,{point:(l,a,h,c,f,u)=>{if(h instanceof Rt){if(this.disallowBlockEffectsFor[u]){if(h.block)
throw new RangeError("Block decorations may not be specified via plugins");if(a>this.view.state.doc.lineAt(l).to)throw new RangeError("Decorations that replace \
line breaks may not be specified via plugins")}if(r=c.length,f>c.length)s.continueWidget(a-l);else{let d=h.widget||(h.block?mt.block:mt.inline),p=Lf(h),m=this.cache.
findWidget(d,a-l,p)||Pt.of(d,this.view,a-l,p);h.block?(h.startSide>0&&s.addLineStartIfNotCovered(i),s.addBlockWidget(m)):(s.ensureLine(i),s.addInlineWidget(m,c,
f))}i=null}else i=Rf(i,h);a>l&&this.text.skip(a-l)},span:(l,a,h,c)=>{for(let f=l;f<a;){let u=this.text.next(Math.min(512,a-f));u==null?(s.addLineStartIfNotCovered(
i),s.addBreak(),f++):(s.ensureLine(i),s.addText(u,h,f==l?c:h.length),f+=u.length),i=null}r=h.length}});r>-1&&(this.openWidget=o>r),this.openWidget||s.addLineStartIfNotCovered(
i),this.openMarks=o}forward(e,t,i=1){t-e<=10?this.old.advance(t-e,i,this.reuseWalker):(this.old.advance(5,-1,this.reuseWalker),this.old.advance(t-e-10,-1),this.
old.advance(5,i,this.reuseWalker))}getCompositionContext(e){let t=[],i=null;for(let s=e.parentNode;;s=s.parentNode){let r=J.get(s);if(s==this.view.contentDOM)break;
r instanceof me?t.push(r):r?.isLine()?i=r:r instanceof nt||(s.nodeName=="DIV"&&!i?i=new fi(s,Va):i||t.push(me.of(new Wi({tagName:s.nodeName.toLowerCase(),attributes:uf(
s)}),s)))}return i?{line:i,marks:t}:null}};function zl(n,e){let t=i=>{for(let s of i.children)if((e?s.isText():s.length)||t(s))return!0;return!1};return t(n)}function Lf(n){
let e=n.isReplace?(n.startSide<0?64:0)|(n.endSide>0?128:0):n.startSide>0?32:16;return n.block&&(e|=256),e}var Va={class:"cm-line"};function Rf(n,e){let t=e.spec.
attributes,i=e.spec.class;return!t&&!i||(n||(n={class:"cm-line"}),t&&qr(t,n),i&&(n.class+=" "+i)),n}function Pf(n){let e=[];for(let t=n.parents.length;t>1;t--){
let i=t==n.parents.length?n.tile:n.parents[t].tile;i instanceof me&&e.push(i.mark)}return e}function Gs(n){let e=J.get(n);return e&&e.setDOM(n.cloneNode()),n}var mt=class extends Lt{constructor(e){
super(),this.tag=e}eq(e){return e.tag==this.tag}toDOM(){return document.createElement(this.tag)}updateDOM(e){return e.nodeName.toLowerCase()==this.tag}get isHidden(){
return!0}};mt.inline=new mt("span");mt.block=new mt("div");var Ys=new class extends Lt{toDOM(){return document.createElement("br")}get isHidden(){return!0}get editable(){
return!0}},Nn=class{constructor(e){this.view=e,this.decorations=[],this.blockWrappers=[],this.dynamicDecorationMap=[!1],this.domChanged=null,this.hasComposition=
null,this.editContextFormatting=V.none,this.lastCompositionAfterCursor=!1,this.minWidth=0,this.minWidthFrom=0,this.minWidthTo=0,this.impreciseAnchor=null,this.impreciseHead=
null,this.forceSelection=!1,this.lastUpdate=Date.now(),this.updateDeco(),this.tile=new ci(e,e.contentDOM),this.updateInner([new Fe(0,0,0,e.state.doc.length)],null)}update(e){
var t;let i=e.changedRanges;this.minWidth>0&&i.length&&(i.every(({fromA:c,toA:f})=>f<this.minWidthFrom||c>this.minWidthTo)?(this.minWidthFrom=e.changes.mapPos(this.
minWidthFrom,1),this.minWidthTo=e.changes.mapPos(this.minWidthTo,1)):this.minWidth=this.minWidthFrom=this.minWidthTo=0),this.updateEditContextFormatting(e);let s=-1;
this.view.inputState.composing>=0&&!this.view.observer.editContext&&(!((t=this.domChanged)===null||t===void 0)&&t.newSel?s=this.domChanged.newSel.head:!Kf(e.changes,
this.hasComposition)&&!e.selectionSet&&(s=e.state.selection.main.head));let r=s>-1?Nf(this.view,e.changes,s):null;if(this.domChanged=null,this.hasComposition){let{
from:c,to:f}=this.hasComposition;i=new Fe(c,f,e.changes.mapPos(c,-1),e.changes.mapPos(f,1)).addToSet(i.slice())}this.hasComposition=r?{from:r.range.fromB,to:r.range.
toB}:null,(M.ie||M.chrome)&&!r&&e&&e.state.doc.lines!=e.startState.doc.lines&&(this.forceSelection=!0);let o=this.decorations,l=this.blockWrappers;this.updateDeco();
let a=Hf(o,this.decorations,e.changes);a.length&&(i=Fe.extendWithRanges(i,a));let h=Vf(l,this.blockWrappers,e.changes);return h.length&&(i=Fe.extendWithRanges(i,
h)),r&&!i.some(c=>c.fromA<=r.range.fromA&&c.toA>=r.range.toA)&&(i=r.range.addToSet(i.slice())),this.tile.flags&2&&i.length==0?!1:(this.updateInner(i,r),e.transactions.
length&&(this.lastUpdate=Date.now()),!0)}updateInner(e,t){this.view.viewState.mustMeasureContent=!0;let{observer:i}=this.view;i.ignore(()=>{if(t||e.length){let o=this.
tile,l=new mr(this.view,o,this.blockWrappers,this.decorations,this.dynamicDecorationMap);t&&J.get(t.text)&&l.cache.reused.set(J.get(t.text),2),this.tile=l.run(e,
t),gr(o,l.cache.reused)}this.tile.dom.style.height=this.view.viewState.contentHeight/this.view.scaleY+"px",this.tile.dom.style.flexBasis=this.minWidth?this.minWidth+
"px":"";let r=M.chrome||M.ios?{node:i.selectionRange.focusNode,written:!1}:void 0;this.tile.sync(r),r&&(r.written||i.selectionRange.focusNode!=r.node||!this.tile.
dom.contains(r.node))&&(this.forceSelection=!0),this.tile.dom.style.height=""});let s=[];if(this.view.viewport.from||this.view.viewport.to<this.view.state.doc.length)
for(let r of this.tile.children)r.isWidget()&&r.widget instanceof Ri&&s.push(r.dom);i.updateGaps(s)}updateEditContextFormatting(e){this.editContextFormatting=this.
editContextFormatting.map(e.changes);for(let t of e.transactions)for(let i of t.effects)i.is(Ra)&&(this.editContextFormatting=i.value)}updateSelection(e=!1,t=!1){
(e||!this.view.observer.selectionRange.focusNode)&&this.view.observer.readSelectionRange();let{dom:i}=this.tile,s=this.view.root.activeElement,r=s==i,o=!r&&!(this.
view.state.facet(it)||i.tabIndex>-1)&&Oi(i,this.view.observer.selectionRange)&&!(s&&i.contains(s));if(!(r||t||o))return;let l=this.forceSelection;this.forceSelection=
!1;let a=this.view.state.selection.main,h,c;if(a.empty?c=h=this.inlineDOMNearPos(a.anchor,a.assoc||1):(c=this.inlineDOMNearPos(a.head,a.head==a.from?1:-1),h=this.
inlineDOMNearPos(a.anchor,a.anchor==a.from?1:-1)),M.gecko&&a.empty&&!this.hasComposition&&If(h)){let u=document.createTextNode("");this.view.observer.ignore(()=>h.
node.insertBefore(u,h.node.childNodes[h.offset]||null)),h=c=new $e(u,0),l=!0}let f=this.view.observer.selectionRange;(l||!f.focusNode||(!Bi(h.node,h.offset,f.anchorNode,
f.anchorOffset)||!Bi(c.node,c.offset,f.focusNode,f.focusOffset))&&!this.suppressWidgetCursorChange(f,a))&&(this.view.observer.ignore(()=>{M.android&&M.chrome&&i.
contains(f.focusNode)&&zf(f.focusNode,i)&&(i.blur(),i.focus({preventScroll:!0}));let u=Hi(this.view.root);if(u)if(a.empty){if(M.gecko){let d=Wf(h.node,h.offset);
if(d&&d!=3){let p=(d==1?ba:xa)(h.node,h.offset);p&&(h=new $e(p.node,p.offset))}}u.collapse(h.node,h.offset),a.bidiLevel!=null&&u.caretBidiLevel!==void 0&&(u.caretBidiLevel=
a.bidiLevel)}else if(u.extend){u.collapse(h.node,h.offset);try{u.extend(c.node,c.offset)}catch{}}else{let d=document.createRange();a.anchor>a.head&&([h,c]=[c,h]),
d.setEnd(c.node,c.offset),d.setStart(h.node,h.offset),u.removeAllRanges(),u.addRange(d)}o&&this.view.root.activeElement==i&&(i.blur(),s&&s.focus())}),this.view.
observer.setSelectionRange(h,c)),this.impreciseAnchor=h.precise?null:new $e(f.anchorNode,f.anchorOffset),this.impreciseHead=c.precise?null:new $e(f.focusNode,f.
focusOffset)}suppressWidgetCursorChange(e,t){return this.hasComposition&&t.empty&&Bi(e.focusNode,e.focusOffset,e.anchorNode,e.anchorOffset)&&this.posFromDOM(e.focusNode,
e.focusOffset)==t.head}enforceCursorAssoc(){if(this.hasComposition)return;let{view:e}=this,t=e.state.selection.main,i=Hi(e.root),{anchorNode:s,anchorOffset:r}=e.
observer.selectionRange;if(!i||!t.empty||!t.assoc||!i.modify)return;let o=this.lineAt(t.head,t.assoc);if(!o)return;let l=o.posAtStart;if(t.head==l||t.head==l+o.
length)return;let a=this.coordsAt(t.head,-1),h=this.coordsAt(t.head,1);if(!a||!h||a.bottom>h.top)return;let c=this.domAtPos(t.head+t.assoc,t.assoc);i.collapse(c.
node,c.offset),i.modify("move",t.assoc<0?"forward":"backward","lineboundary"),e.observer.readSelectionRange();let f=e.observer.selectionRange;e.docView.posFromDOM(
f.anchorNode,f.anchorOffset)!=t.from&&i.collapse(s,r)}posFromDOM(e,t){let i=this.tile.nearest(e);if(!i)return this.tile.dom.compareDocumentPosition(e)&2?0:this.
view.state.doc.length;let s=i.posAtStart;if(i.isComposite()){let r;if(e==i.dom)r=i.dom.childNodes[t];else{let o=st(e)==0?0:t==0?-1:1;for(;;){let l=e.parentNode;
if(l==i.dom)break;o==0&&l.firstChild!=l.lastChild&&(e==l.firstChild?o=-1:o=1),e=l}o<0?r=e:r=e.nextSibling}if(r==i.dom.firstChild)return s;for(;r&&!J.get(r);)r=r.
nextSibling;if(!r)return s+i.length;for(let o=0,l=s;;o++){let a=i.children[o];if(a.dom==r)return l;l+=a.length+a.breakAfter}}else return i.isText()?e==i.dom?s+t:
s+(t?i.length:0):s}domAtPos(e,t){let{tile:i,offset:s}=this.tile.resolveBlock(e,t);return i.isWidget()?i.domPosFor(s,t):i.domIn(s,t)}inlineDOMNearPos(e,t){let i,
s=-1,r=!1,o,l=-1,a=!1;return this.tile.blockTiles((h,c)=>{if(h.isWidget()){if(h.flags&32&&c>=e)return!0;h.flags&16&&(r=!0)}else{let f=c+h.length;if(c<=e&&(i=h,s=
e-c,r=f<e),f>=e&&!o&&(o=h,l=e-c,a=c>e),c>e&&o)return!0}}),!i&&!o?this.domAtPos(e,t):(r&&o?i=null:a&&i&&(o=null),i&&t<0||!o?i.domIn(s,t):o.domIn(l,t))}coordsAt(e,t,i){
let{tile:s,offset:r}=this.tile.resolveBlock(e,t);return s.isWidget()?s.widget instanceof Ri?null:s.coordsInWidget(r,t,!0):s.coordsIn(r,t,i)}lineAt(e,t){let{tile:i}=this.
tile.resolveBlock(e,t);return i.isLine()?i:null}coordsForChar(e){let{tile:t,offset:i}=this.tile.resolveBlock(e,1);if(!t.isLine())return null;function s(r,o){if(r.
isComposite())for(let l of r.children){if(l.length>=o){let a=s(l,o);if(a)return a}if(o-=l.length,o<0)break}else if(r.isText()&&o<r.length){let l=Z(r.text,o);if(l==
o)return null;let a=Vi(r.dom,o,l).getClientRects();for(let h=0;h<a.length;h++){let c=a[h];if(h==a.length-1||c.top<c.bottom&&c.left<c.right)return c}}return null}
return s(t,i)}measureVisibleLineHeights(e){let t=[],{from:i,to:s}=e,r=this.view.contentDOM.clientWidth,o=r>Math.max(this.view.scrollDOM.clientWidth,this.minWidth)+
1,l=-1,a=this.view.textDirection==Y.LTR,h=0,c=(f,u,d)=>{for(let p=0;p<f.children.length&&!(u>s);p++){let m=f.children[p],g=u+m.length,y=m.dom.getBoundingClientRect(),
{height:b}=y;if(d&&!p&&(h+=y.top-d.top),m instanceof nt)g>i&&c(m,u,y);else if(u>=i&&(h>0&&t.push(-h),t.push(b+h),h=0,o)){let w=m.dom.lastChild,O=w?Mn(w):[];if(O.
length){let A=O[O.length-1],B=a?A.right-y.left:y.right-A.left;B>l&&(l=B,this.minWidth=r,this.minWidthFrom=u,this.minWidthTo=g)}}d&&p==f.children.length-1&&(h+=d.
bottom-y.bottom),u=g+m.breakAfter}};return c(this.tile,0,null),t}textDirectionAt(e){let{tile:t}=this.tile.resolveBlock(e,1);return getComputedStyle(t.dom).direction==
"rtl"?Y.RTL:Y.LTR}measureTextSize(){let e=this.tile.blockTiles(o=>{if(o.isLine()&&o.children.length&&o.length<=20){let l=0,a;for(let h of o.children){if(!h.isText()||
/[^ -~]/.test(h.text))return;let c=Mn(h.dom);if(c.length!=1)return;l+=c[0].width,a=c[0].height}if(l)return{lineHeight:o.dom.getBoundingClientRect().height,charWidth:l/
o.length,textHeight:a}}});if(e)return e;let t=document.createElement("div"),i,s,r;return t.className="cm-line",t.style.width="99999px",t.style.position="absolut\
e",t.textContent="abc def ghi jkl mno pqr stu",this.view.observer.ignore(()=>{this.tile.dom.appendChild(t);let o=Mn(t.firstChild)[0];i=t.getBoundingClientRect().
height,s=o&&o.width?o.width/27:7,r=o&&o.height?o.height:i,t.remove()}),{lineHeight:i,charWidth:s,textHeight:r}}computeBlockGapDeco(){let e=[],t=this.view.viewState;
for(let i=0,s=0;;s++){let r=s==t.viewports.length?null:t.viewports[s],o=r?r.from-1:this.view.state.doc.length;if(o>i){let l=(t.lineBlockAt(o).bottom-t.lineBlockAt(
i).top)/this.view.scaleY;e.push(V.replace({widget:new Ri(l),block:!0,inclusive:!0,isBlockGap:!0}).range(i,o))}if(!r)break;i=r.to+1}return V.set(e)}updateDeco(){
let e=1,t=this.view.state.facet(_n).map(r=>(this.dynamicDecorationMap[e++]=typeof r=="function")?r(this.view):r),i=!1,s=this.view.state.facet(Yr).map((r,o)=>{let l=typeof r==
"function";return l&&(i=!0),l?r(this.view):r});for(s.length&&(this.dynamicDecorationMap[e++]=i,t.push(z.join(s))),this.decorations=[this.editContextFormatting,...t,
this.computeBlockGapDeco(),this.view.viewState.lineGapDeco];e<this.decorations.length;)this.dynamicDecorationMap[e++]=!1;this.blockWrappers=this.view.state.facet(
Ia).map(r=>typeof r=="function"?r(this.view):r)}scrollIntoView(e){if(e.isSnapshot){let h=this.view.viewState.lineBlockAt(e.range.head);this.view.scrollDOM.scrollTop=
h.top-e.yMargin,this.view.scrollDOM.scrollLeft=e.xMargin;return}for(let h of this.view.state.facet(La))try{if(h(this.view,e.range,e))return!0}catch(c){We(this.view.
state,c,"scroll handler")}let{range:t}=e,i=this.coordsAt(t.head,t.assoc||(t.head>t.anchor?-1:1)),s;if(!i)return;!t.empty&&(s=this.coordsAt(t.anchor,t.anchor>t.head?
-1:1))&&(i={left:Math.min(i.left,s.left),top:Math.min(i.top,s.top),right:Math.max(i.right,s.right),bottom:Math.max(i.bottom,s.bottom)});let r=Ha(this.view),o={left:i.
left-r.left,top:i.top-r.top,right:i.right+r.right,bottom:i.bottom+r.bottom},{offsetWidth:l,offsetHeight:a}=this.view.scrollDOM;if(mf(this.view.scrollDOM,o,t.head<
t.anchor?-1:1,e.x,e.y,Math.max(Math.min(e.xMargin,l),-l),Math.max(Math.min(e.yMargin,a),-a),this.view.textDirection==Y.LTR),window.visualViewport&&window.innerHeight-
window.visualViewport.height>1&&(i.top>window.visualViewport.offsetTop+window.visualViewport.height||i.bottom<window.visualViewport.offsetTop)){let h=this.view.
docView.lineAt(t.head,1);if(h){let c=pa(h.dom);h.dom.scrollIntoView({block:"nearest"}),ma(c,!1)}}}lineHasWidget(e){let t=i=>i.isWidget()||i.children.some(t);return t(
this.tile.resolveBlock(e,1).tile)}destroy(){gr(this.tile)}};function gr(n,e){let t=e?.get(n);if(t!=1){t==null&&n.destroy();for(let i of n.children)gr(i,e)}}function If(n){
return re(n.node)&&n.node.firstChild&&(n.offset==0||n.node.childNodes[n.offset-1].contentEditable=="false")&&(n.offset==n.node.childNodes.length||n.node.childNodes[n.
offset].contentEditable=="false")}function za(n,e){let t=n.observer.selectionRange;if(!t.focusNode)return null;let i=ba(t.focusNode,t.focusOffset),s=xa(t.focusNode,
t.focusOffset),r=i||s;if(s&&i&&s.node!=i.node){let l=J.get(s.node);if(!l||l.isText()&&l.text!=s.node.nodeValue)r=s;else if(n.docView.lastCompositionAfterCursor){
let a=J.get(i.node);!a||a.isText()&&a.text!=i.node.nodeValue||(r=s)}}if(n.docView.lastCompositionAfterCursor=r!=i,!r)return null;let o=e-r.offset;return{from:o,
to:o+r.node.nodeValue.length,node:r.node}}function Nf(n,e,t){let i=za(n,t);if(!i)return null;let{node:s,from:r,to:o}=i,l=s.nodeValue;if(/[\n\r]/.test(l)||n.state.
doc.sliceString(i.from,i.to)!=l)return null;let a=e.invertedDesc;return{range:new Fe(a.mapPos(r),a.mapPos(o),r,o),text:s}}function Wf(n,e){return re(n)?(e&&n.childNodes[e-
1].contentEditable=="false"?1:0)|(e<n.childNodes.length&&n.childNodes[e].contentEditable=="false"?2:0):0}var Ff=class{constructor(){this.changes=[]}compareRange(e,t){
ri(e,t,this.changes)}comparePoint(e,t){ri(e,t,this.changes)}boundChange(e){ri(e,e,this.changes)}};function Hf(n,e,t){let i=new Ff;return z.compare(n,e,t,i),i.changes}
var yr=class{constructor(){this.changes=[]}compareRange(e,t){ri(e,t,this.changes)}comparePoint(){}boundChange(e){ri(e,e,this.changes)}};function Vf(n,e,t){let i=new yr;
return z.compare(n,e,t,i),i.changes}function zf(n,e){for(let t=n;t&&t!=e;t=t.assignedSlot||t.parentNode)if(re(t)&&t.contentEditable=="false")return!0;return!1}function Kf(n,e){
let t=!1;return e&&n.iterChangedRanges((i,s)=>{i<e.to&&s>e.from&&(t=!0)}),t}var Ri=class extends Lt{constructor(e){super(),this.height=e}toDOM(){let e=document.
createElement("div");return e.className="cm-gap",this.updateDOM(e),e}eq(e){return e.height==this.height}updateDOM(e){return e.style.height=this.height+"px",!0}get editable(){
return!0}get estimatedHeight(){return this.height}ignoreEvent(){return!1}};function qf(n,e,t=1){let i=n.charCategorizer(e),s=n.doc.lineAt(e),r=e-s.from;if(s.length==
0)return x.cursor(e);r==0?t=1:r==s.length&&(t=-1);let o=r,l=r;t<0?o=Z(s.text,r,!1):l=Z(s.text,r);let a=i(s.text.slice(o,l));for(;o>0;){let h=Z(s.text,o,!1);if(i(
s.text.slice(h,o))!=a)break;o=h}for(;l<s.length;){let h=Z(s.text,l);if(i(s.text.slice(l,h))!=a)break;l=h}return x.undirectionalRange(o+s.from,l+s.from)}function $f(n,e,t,i,s){
let r=Math.round((i-e.left)*n.defaultCharacterWidth);if(n.lineWrapping&&t.height>n.defaultLineHeight*1.5){let l=n.viewState.heightOracle.textHeight,a=Math.floor(
(s-t.top-(n.defaultLineHeight-l)*.5)/l);r+=a*n.viewState.heightOracle.lineLength}let o=n.state.sliceDoc(t.from,t.to);return t.from+Ml(o,r,n.state.tabSize)}function _f(n,e,t){
let i=n.lineBlockAt(e);if(Array.isArray(i.type)){let s;for(let r of i.type){if(r.from>e)break;if(!(r.to<e)){if(r.from<e&&r.to>e)return r;(!s||r.type==ge.Text&&(s.
type!=r.type||(t<0?r.from<e:r.to>e)))&&(s=r)}}return s||i}return i}function jf(n,e,t,i){let s=_f(n,e.head,e.assoc||-1),r=!i||s.type!=ge.Text||!(n.lineWrapping||
s.widgetLineBreaks)?null:n.coordsAtPos(e.assoc<0&&e.head>s.from?e.head-1:e.head);if(r){let o=n.dom.getBoundingClientRect(),l=n.textDirectionAt(s.from),a=n.posAndSideAtCoords(
{x:t==(l==Y.LTR)?o.right-1:o.left+1,y:(r.top+r.bottom)/2});if(a)return x.cursor(a.pos,a.assoc)}return x.cursor(t?s.to:s.from,t?1:-1)}function Kl(n,e,t,i){let s=n.
state.doc.lineAt(e.head),r=n.bidiSpans(s),o=n.textDirectionAt(s.from);for(let l=e,a=null;;){let h=Af(s,r,o,l,t),c=Ca;if(!h){if(s.number==(t?n.state.doc.lines:1))
return l;c=`
`,s=n.state.doc.line(s.number+(t?1:-1)),r=n.bidiSpans(s),h=t?x.cursor(s.from,-1):x.cursor(s.to,1)}if(a){if(!a(c))return l}else{if(!i)return h;a=i(c)}l=h}}function Uf(n,e,t){
let i=n.state.charCategorizer(e),s=i(t);return r=>{let o=i(r);return s==ie.Space&&(s=o),s==o}}function Gf(n,e,t,i){let s=e.head,r=t?1:-1;if(s==(t?n.state.doc.length:
0))return x.cursor(s,e.assoc);let o=e.goalColumn,l,a=n.contentDOM.getBoundingClientRect(),h=n.coordsAtPos(s,e.assoc||((e.empty?t:e.head==e.from)?1:-1)),c=n.documentTop;
if(h)o==null&&(o=h.left-a.left),l=r<0?h.top:h.bottom;else{let p=n.viewState.lineBlockAt(s);o==null&&(o=Math.min(a.right-a.left,n.defaultCharacterWidth*(s-p.from))),
l=(r<0?p.top:p.bottom)+c}let f=a.left+o,u=n.viewState.heightOracle.textHeight>>1,d=i??u;for(let p=0;;p+=u){let m=l+(d+p)*r,g=br(n,{x:f,y:m},!1,r);if(t?m>a.bottom:
m<a.top)return x.cursor(g.pos,g.assoc);let y=n.coordsAtPos(g.pos,g.assoc),b=y?(y.top+y.bottom)/2:0;if(!y||(t?b>l:b<l))return x.cursor(g.pos,g.assoc,void 0,o)}}function Pi(n,e,t){
for(;;){let i=0;for(let s of n)s.between(e-1,e+1,(r,o,l)=>{if(e>r&&e<o){let a=i||t||(e-r<o-e?-1:1);e=a<0?r:o,i=a}});if(!i)return e}}function Ka(n,e){let t=null;
for(let i=0;i<e.ranges.length;i++){let s=e.ranges[i],r=null;if(s.empty){let o=Pi(n,s.from,0);o!=s.from&&(r=x.cursor(o,-1))}else{let o=Pi(n,s.from,-1),l=Pi(n,s.to,
1);(o!=s.from||l!=s.to)&&(s.undirectional?r=x.undirectionalRange(s.from,s.to):r=x.range(s.from==s.anchor?o:l,s.from==s.head?o:l))}r&&(t||(t=e.ranges.slice()),t[i]=
r)}return t?x.create(t,e.mainIndex):e}function Js(n,e,t){let i=Pi(n.state.facet(Ki).map(s=>s(n)),t.from,e.head>t.from?-1:1);return i==t.from?t:x.cursor(i,i<t.from?
1:-1)}var Me=class{constructor(e,t){this.pos=e,this.assoc=t}};function br(n,e,t,i){let s=n.contentDOM.getBoundingClientRect(),r=s.top+n.viewState.paddingTop,{x:o,
y:l}=e,a=l-r,h;for(;;){if(a<0)return new Me(0,1);if(a>n.viewState.docHeight)return new Me(n.state.doc.length,-1);if(h=n.elementAtHeight(a),i==null)break;if(h.type==
ge.Text){if(i<0?h.to<n.viewport.from:h.from>n.viewport.to)break;let u=n.docView.coordsAt(i<0?h.from:h.to,i>0?-1:1);if(u&&(i<0?u.top<=a+r:u.bottom>=a+r))break}let f=n.
viewState.heightOracle.textHeight/2;a=i>0?h.bottom+f:h.top-f}if(n.viewport.from>=h.to||n.viewport.to<=h.from){if(t)return null;if(h.type==ge.Text){let f=$f(n,s,
h,o,l);return new Me(f,f==h.from?1:-1)}}if(h.type!=ge.Text)return a<(h.top+h.bottom)/2?new Me(h.from,1):new Me(h.to,-1);let c=n.docView.lineAt(h.from,2);return(!c||
c.length!=h.length)&&(c=n.docView.lineAt(h.from,-2)),new xr(n,o,l,n.textDirectionAt(h.from)).scanTile(c,h.from)}var xr=class{constructor(e,t,i,s){this.view=e,this.
x=t,this.y=i,this.baseDir=s,this.line=null,this.spans=null}bidiSpansAt(e){return(!this.line||this.line.from>e||this.line.to<e)&&(this.line=this.view.state.doc.lineAt(
e),this.spans=this.view.bidiSpans(this.line)),this}baseDirAt(e,t){let{line:i,spans:s}=this.bidiSpansAt(e);return s[Te.find(s,e-i.from,-1,t)].level==this.baseDir}dirAt(e,t){
let{line:i,spans:s}=this.bidiSpansAt(e);return s[Te.find(s,e-i.from,-1,t)].dir}bidiIn(e,t){let{spans:i,line:s}=this.bidiSpansAt(e);return i.length>1||i.length&&
(i[0].level!=this.baseDir||i[0].to+s.from<t)}scan(e,t,i=!1){let s=0,r=e.length-1,o=new Set,l=this.bidiIn(e[0],e[r]),a,h,c=-1,f=1e9,u;e:for(;s<r;){let p=r-s,m=s+
r>>1;t:if(o.has(m)){for(let b=1;b<p;b++){let w=m+b;if(w>=r&&(w-=p),!o.has(w)){m=w;break t}}break e}o.add(m);let g=t(m),y=0;if(g)for(let b=0;b<g.length;b++){let w=g[b];
if(!(w.width==0&&g.length>1))if(w.bottom<this.y)(!a||a.bottom<w.bottom)&&(a=w),y=1;else if(w.top>this.y)(!h||h.top>w.top)&&(h=w),y=-1;else{let O=w.left>this.x?this.
x-w.left:w.right<this.x?this.x-w.right:0,A=Math.abs(O);A<f&&(c=m,f=A,u=w),O&&(y=O<0==(this.baseDir==Y.LTR)?-1:1)}}y==-1&&(!l||this.baseDirAt(e[m],1))?r=m:y==1&&
(!l||this.baseDirAt(e[m+1],-1))&&(s=m+1)}if(!u){if(!h&&!a)return{i:0,after:!1};let p=a&&(!h||this.y-a.bottom<h.top-this.y)?a:h;return this.y=(p.top+p.bottom)/2,
this.scan(e,t,!0)}if(f&&!i){let{top:p,bottom:m}=u;if(a&&a.bottom>(p+p+m)/3)return this.y=a.bottom-1,this.scan(e,t,!0);if(h&&h.top<(p+m+m)/3)return this.y=h.top+
1,this.scan(e,t,!0)}let d=(l?this.dirAt(e[c],1):this.baseDir)==Y.LTR;return{i:c,after:this.x>(u.left+u.right)/2==d}}scanText(e,t){let i=[];for(let r=0;r<e.length;r=
Z(e.text,r))i.push(t+r);i.push(t+e.length);let s=this.scan(i,r=>{let o=i[r]-t,l=i[r+1]-t;return Vi(e.dom,o,l).getClientRects()});return s.after?new Me(i[s.i+1],
-1):new Me(i[s.i],1)}scanTile(e,t){if(!e.length)return new Me(t,1);if(e.children.length==1){let l=e.children[0];if(l.isText())return this.scanText(l,t);if(l.isComposite())
return this.scanTile(l,t)}let i=[t];for(let l=0,a=t;l<e.children.length;l++)i.push(a+=e.children[l].length);let s=this.scan(i,l=>{let a=e.children[l];return a.flags&
48?null:(re(a.dom)?a.dom:Vi(a.dom,0,a.length)).getClientRects()}),r=e.children[s.i],o=i[s.i];return r.isText()?this.scanText(r,o):r.isComposite()?this.scanTile(
r,o):s.after?new Me(i[s.i+1],-1):new Me(o,1)}},ei="\uFFFF",wr=class{constructor(e,t){this.points=e,this.view=t,this.text="",this.lineSeparator=t.state.facet($.lineSeparator)}append(e){
this.text+=e}lineBreak(){this.text+=ei}readRange(e,t){if(!e)return this;let i=e.parentNode;for(let s=e;;){this.findPointBefore(i,s);let r=this.text.length;this.
readNode(s);let o=J.get(s),l=s.nextSibling;if(l==t){o?.breakAfter&&!l&&i!=this.view.contentDOM&&this.lineBreak();break}let a=J.get(l);(o&&a?o.breakAfter:(o?o.breakAfter:
Ln(s))||Ln(l)&&(s.nodeName!="BR"||o?.isWidget())&&this.text.length>r)&&!Jf(l,t)&&this.lineBreak(),s=l}return this.findPointBefore(i,t),this}readTextNode(e){let t=e.
nodeValue;for(let i of this.points)i.node==e&&(i.pos=this.text.length+Math.min(i.offset,t.length));for(let i=0,s=this.lineSeparator?null:/\r\n?|\n/g;;){let r=-1,
o=1,l;if(this.lineSeparator?(r=t.indexOf(this.lineSeparator,i),o=this.lineSeparator.length):(l=s.exec(t))&&(r=l.index,o=l[0].length),this.append(t.slice(i,r<0?t.
length:r)),r<0)break;if(this.lineBreak(),o>1)for(let a of this.points)a.node==e&&a.pos>this.text.length&&(a.pos-=o-1);i=r+o}}readNode(e){let t=J.get(e),i=t&&t.overrideDOMText;
if(i!=null){this.findPointInside(e,i.length);for(let s=i.iter();!s.next().done;)s.lineBreak?this.lineBreak():this.append(s.value)}else li(e)?this.readTextNode(e):
e.nodeName=="BR"?e.nextSibling&&this.lineBreak():re(e)&&this.readRange(e.firstChild,null)}findPointBefore(e,t){for(let i of this.points)i.node==e&&e.childNodes[i.
offset]==t&&(i.pos=this.text.length)}findPointInside(e,t){for(let i of this.points)(li(e)?i.node==e:e.contains(i.node))&&(i.pos=this.text.length+(Yf(e,i.node,i.
offset)?t:0))}};function Yf(n,e,t){for(;;){if(!e||t<st(e))return!1;if(e==n)return!0;t=pt(e)+1,e=e.parentNode}}function Jf(n,e){let t;for(;!(n==e||!n);n=n.nextSibling){
let i=J.get(n);if(!i?.isWidget())return!1;i&&(t||(t=[])).push(i)}if(t)for(let i of t){let s=i.overrideDOMText;if(s?.length)return!1}return!0}var Wn=class{constructor(e,t){
this.node=e,this.offset=t,this.pos=-1}},kr=class{constructor(e,t,i,s){this.typeOver=s,this.bounds=null,this.text="",this.domChanged=t>-1;let{impreciseHead:r,impreciseAnchor:o}=e.
docView,l=e.state.selection;if(e.state.readOnly&&t>-1)this.newSel=null;else if(t>-1&&(this.bounds=qa(e.docView.tile,t,i,0))){let a=r||o?[]:Qf(e),h=new wr(a,e);h.
readRange(this.bounds.startDOM,this.bounds.endDOM),this.text=h.text,this.newSel=Zf(a,this.bounds.from)}else{let a=e.observer.selectionRange,h=r&&r.node==a.focusNode&&
r.offset==a.focusOffset||!sr(e.contentDOM,a.focusNode)?l.main.head:e.docView.posFromDOM(a.focusNode,a.focusOffset),c=o&&o.node==a.anchorNode&&o.offset==a.anchorOffset||
!sr(e.contentDOM,a.anchorNode)?l.main.anchor:e.docView.posFromDOM(a.anchorNode,a.anchorOffset),f=e.viewport;if((M.ios||M.chrome)&&h!=c&&Math.min(h,c)<=l.main.from&&
Math.max(h,c)>=l.main.to&&(f.from>0||f.to<e.state.doc.length)){let u=Math.min(h,c),d=Math.max(h,c),p=f.from-u,m=f.to-d;(p==0||p==1||u==0)&&(m==0||m==-1||d==e.state.
doc.length)&&(h=0,c=e.state.doc.length)}if(e.inputState.composing>-1&&l.ranges.length>1)this.newSel=l.replaceRange(x.range(c,h));else if(e.lineWrapping&&c==h&&!(l.
main.empty&&l.main.head==h)&&e.inputState.lastTouchTime>Date.now()-100){let u=e.coordsAtPos(h,-1),d=0;u&&(d=e.inputState.lastTouchY<=u.bottom?-1:1),this.newSel=
x.create([x.cursor(h,d)])}else this.newSel=x.single(c,h)}}};function qa(n,e,t,i){if(n.isComposite()){let s=-1,r=-1,o=-1,l=-1;for(let a=0,h=i,c=i;a<n.children.length;a++){
let f=n.children[a],u=h+f.length;if(h<e&&u>t)return qa(f,e,t,h);if(u>=e&&s==-1&&(s=a,r=h),h>t&&f.dom.parentNode==n.dom){o=a,l=c;break}c=u,h=u+f.breakAfter}return{
from:r,to:l<0?i+n.length:l,startDOM:(s?n.children[s-1].dom.nextSibling:null)||n.dom.firstChild,endDOM:o<n.children.length&&o>=0?n.children[o].dom:null}}else return n.
isText()?{from:i,to:i+n.length,startDOM:n.dom,endDOM:n.dom.nextSibling}:null}function $a(n,e){let t,{newSel:i}=e,{state:s}=n,r=s.selection.main,o=n.inputState.lastKeyTime>
Date.now()-100?n.inputState.lastKeyCode:-1;if(e.bounds){let{from:l,to:a}=e.bounds,h=r.from,c=null;(o===8||M.android&&e.text.length<a-l)&&(h=r.to,c="end");let f=s.
doc.sliceString(l,a,ei),u,d;!r.empty&&r.from>=l&&r.to<=a&&(e.typeOver||f!=e.text)&&f.slice(0,r.from-l)==e.text.slice(0,r.from-l)&&f.slice(r.to-l)==e.text.slice(
u=e.text.length-(f.length-(r.to-l)))?t={from:r.from,to:r.to,insert:N.of(e.text.slice(r.from-l,u).split(ei))}:(d=_a(f,e.text,h-l,c))&&(M.chrome&&o==13&&d.toB==d.
from+2&&e.text.slice(d.from,d.toB)==ei+ei&&d.toB--,t={from:l+d.from,to:l+d.toA,insert:N.of(e.text.slice(d.from,d.toB).split(ei))})}else i&&(!n.hasFocus&&s.facet(
it)||vr(i,r))&&(i=null);if(!t&&!i)return!1;if((M.mac||M.android)&&t&&t.from==t.to&&t.from==r.head-1&&/^\. ?$/.test(t.insert.toString())&&n.contentDOM.getAttribute(
"autocorrect")=="off"?(i&&t.insert.length==2&&(i=x.single(i.main.anchor-1,i.main.head-1)),t={from:t.from,to:t.to,insert:N.of([t.insert.toString().replace("."," ")])}):
s.doc.lineAt(r.from).to<r.to&&n.docView.lineHasWidget(r.to)&&n.inputState.insertingTextAt>Date.now()-50?t={from:r.from,to:r.to,insert:s.toText(n.inputState.insertingText)}:
M.chrome&&t&&t.from==t.to&&t.from==r.head&&t.insert.toString()==`
 `&&n.lineWrapping&&(i&&(i=x.single(i.main.anchor-1,i.main.head-1)),t={from:r.from,to:r.to,insert:N.of([" "])}),t)return Jr(n,t,i,o);if(i&&!vr(i,r)){let l=!1,a="\
select";return n.inputState.lastSelectionTime>Date.now()-50&&(n.inputState.lastSelectionOrigin=="select"&&(l=!0),a=n.inputState.lastSelectionOrigin,a=="select.p\
ointer"&&(i=Ka(s.facet(Ki).map(h=>h(n)),i))),n.dispatch({selection:i,scrollIntoView:l,userEvent:a}),!0}else return!1}function Jr(n,e,t,i=-1){if(M.ios&&n.inputState.
flushIOSKey(e))return!0;let s=n.state.selection.main;if(M.android&&(e.to==s.to&&(e.from==s.from||e.from==s.from-1&&n.state.sliceDoc(e.from,s.from)==" ")&&e.insert.
length==1&&e.insert.lines==2&&oi(n.contentDOM,"Enter",13)||(e.from==s.from-1&&e.to==s.to&&e.insert.length==0||i==8&&e.insert.length<e.to-e.from&&e.to>s.head)&&oi(
n.contentDOM,"Backspace",8)||e.from==s.from&&e.to==s.to+1&&e.insert.length==0&&oi(n.contentDOM,"Delete",46)))return!0;let r=e.insert.toString();n.inputState.composing>=
0&&n.inputState.composing++;let o,l=()=>o||(o=Xf(n,e,t));return n.state.facet(Oa).some(a=>a(n,e.from,e.to,r,l))||n.dispatch(l()),!0}function Xf(n,e,t){let i,s=n.
state,r=s.selection.main,o=-1;if(e.from==e.to&&e.from<r.from||e.from>r.to){let a=e.from<r.from?-1:1,h=a<0?r.from:r.to,c=Pi(s.facet(Ki).map(f=>f(n)),h,a);e.from==
c&&(o=c)}if(o>-1)i={changes:e,selection:x.cursor(e.from+e.insert.length,-1)};else if(e.from>=r.from&&e.to<=r.to&&e.to-e.from>=(r.to-r.from)/3&&(!t||t.main.empty&&
t.main.from==e.from+e.insert.length)&&n.inputState.composing<0){let a=r.from<e.from?s.sliceDoc(r.from,e.from):"",h=r.to>e.to?s.sliceDoc(e.to,r.to):"";i=s.replaceSelection(
n.state.toText(a+e.insert.sliceString(0,void 0,n.state.lineBreak)+h))}else{let a=s.changes(e),h=t&&t.main.to<=a.newLength?t.main:void 0;if(s.selection.ranges.length>
1&&(n.inputState.composing>=0||n.inputState.compositionPendingChange)&&e.to<=r.to+10&&e.to>=r.to-10){let c=n.state.sliceDoc(e.from,e.to),f,u=t&&za(n,t.main.head);
if(u){let p=e.insert.length-(e.to-e.from);f={from:u.from,to:u.to-p}}else f=n.state.doc.lineAt(r.head);let d=r.to-e.to;i=s.changeByRange(p=>{if(p.from==r.from&&p.
to==r.to)return{changes:a,range:h||p.map(a)};let m=p.to-d,g=m-c.length;if(n.state.sliceDoc(g,m)!=c||m>=f.from&&g<=f.to)return{range:p};let y=s.changes({from:g,to:m,
insert:e.insert}),b=p.to-r.to;return{changes:y,range:h?x.range(Math.max(0,h.anchor+b),Math.max(0,h.head+b)):p.map(y)}})}else i={changes:a,selection:h&&s.selection.
replaceRange(h)}}let l="input.type";return(n.composing||n.inputState.compositionPendingChange&&n.inputState.compositionEndedAt>Date.now()-50)&&(n.inputState.compositionPendingChange=
!1,l+=".compose",n.inputState.compositionFirstChange&&(l+=".start",n.inputState.compositionFirstChange=!1)),s.update(i,{userEvent:l,scrollIntoView:!0})}function _a(n,e,t,i){
let s=Math.min(n.length,e.length),r=0;for(;r<s&&n.charCodeAt(r)==e.charCodeAt(r);)r++;if(r==s&&n.length==e.length)return null;let o=n.length,l=e.length;for(;o>0&&
l>0&&n.charCodeAt(o-1)==e.charCodeAt(l-1);)o--,l--;if(i=="end"){let a=Math.max(0,r-Math.min(o,l));t-=o+a-r}if(o<r&&n.length<e.length){let a=t<=r&&t>=o?r-t:0;r-=
a,l=r+(l-o),o=r}else if(l<r){let a=t<=r&&t>=l?r-t:0;r-=a,o=r+(o-l),l=r}return{from:r,toA:o,toB:l}}function Qf(n){let e=[];if(n.root.activeElement!=n.contentDOM)
return e;let{anchorNode:t,anchorOffset:i,focusNode:s,focusOffset:r}=n.observer.selectionRange;return t&&(e.push(new Wn(t,i)),(s!=t||r!=i)&&e.push(new Wn(s,r))),
e}function Zf(n,e){if(n.length==0)return null;let t=n[0].pos,i=n.length==2?n[1].pos:t;return t<0||i<0?null:t==i?x.create([x.cursor(i+e,-1)]):x.single(t+e,i+e)}function vr(n,e){
return e.head==n.main.head&&e.anchor==n.main.anchor}var Sr=class{setSelectionOrigin(e){this.lastSelectionOrigin=e,this.lastSelectionTime=Date.now()}constructor(e){
this.view=e,this.lastKeyCode=0,this.lastKeyTime=0,this.touchActive=!1,this.lastTouchTime=0,this.lastTouchX=0,this.lastTouchY=0,this.lastFocusTime=0,this.lastScrollTop=
0,this.lastScrollLeft=0,this.lastWheelEvent=0,this.pendingIOSKey=void 0,this.lastIOSMomentumScroll=0,this.tabFocusMode=-1,this.lastSelectionOrigin=null,this.lastSelectionTime=
0,this.lastContextMenu=0,this.scrollHandlers=[],this.handlers=Object.create(null),this.composing=-1,this.compositionFirstChange=null,this.compositionEndedAt=0,this.
compositionPendingKey=!1,this.compositionPendingChange=!1,this.insertingText="",this.insertingTextAt=0,this.mouseSelection=null,this.draggedContent=null,this.handleEvent=
this.handleEvent.bind(this),this.notifiedFocused=e.hasFocus,M.safari&&e.contentDOM.addEventListener("input",()=>null),M.gecko&&pu(e.contentDOM.ownerDocument)}handleEvent(e){
!lu(this.view,e)||this.ignoreDuringComposition(e)||e.type=="keydown"&&this.keydown(e)||(this.view.updateState!=0?Promise.resolve().then(()=>this.runHandlers(e.type,
e)):this.runHandlers(e.type,e))}runHandlers(e,t){let i=this.handlers[e];if(i){for(let s of i.observers)s(this.view,t);for(let s of i.handlers){if(t.defaultPrevented)
break;if(s(this.view,t)){t.preventDefault();break}}}}ensureHandlers(e){let t=tu(e),i=this.handlers,s=this.view.contentDOM;for(let r in t)if(r!="scroll"){let o=!t[r].
handlers.length,l=i[r];l&&o!=!l.handlers.length&&(s.removeEventListener(r,this.handleEvent),l=null),l||s.addEventListener(r,this.handleEvent,{passive:o})}for(let r in i)
r!="scroll"&&!t[r]&&s.removeEventListener(r,this.handleEvent);this.handlers=t}keydown(e){if(this.lastKeyCode=e.keyCode,this.lastKeyTime=Date.now(),e.keyCode==9&&
this.tabFocusMode>-1&&(!this.tabFocusMode||Date.now()<=this.tabFocusMode))return!0;if(this.tabFocusMode>0&&e.keyCode!=27&&Ua.indexOf(e.keyCode)<0&&(this.tabFocusMode=
-1),M.android&&M.chrome&&!e.synthetic&&(e.keyCode==13||e.keyCode==8))return this.view.observer.delayAndroidKey(e.key,e.keyCode),!0;if(M.ios&&!e.synthetic&&!e.altKey&&
!e.metaKey&&(ja.some(t=>t.keyCode==e.keyCode)&&!e.ctrlKey||iu.indexOf(e.key)>-1&&e.ctrlKey)){let t={ctrlKey:e.ctrlKey,altKey:e.altKey,metaKey:e.metaKey,shiftKey:e.
shiftKey};t.shiftKey&&M.ios&&!/^(off|none)$/.test(this.view.contentDOM.autocapitalize)&&eu(this.view.win)&&(t.shiftKey=!1);let i=this.pendingIOSKey={key:e.key,keyCode:e.
keyCode,mods:t};return setTimeout(()=>{this.pendingIOSKey==i&&this.flushIOSKey()},50),!0}return e.keyCode!=229&&this.view.observer.forceFlush(),!1}flushIOSKey(e){
let t=this.pendingIOSKey;return!t||this.view.observer.pendingRecords().length||t.key=="Enter"&&e&&e.from<e.to&&/^\S+$/.test(e.insert.toString())?!1:(this.pendingIOSKey=
void 0,oi(this.view.contentDOM,t.key,t.keyCode,t.mods))}ignoreDuringComposition(e){return!/^key/.test(e.type)||e.synthetic?!1:this.composing>0?!0:M.safari&&!M.ios&&
this.compositionPendingKey&&Date.now()-this.compositionEndedAt<100?(this.compositionPendingKey=!1,!0):!1}startMouseSelection(e){this.mouseSelection&&this.mouseSelection.
destroy(),this.mouseSelection=e}update(e){this.view.observer.update(e),this.mouseSelection&&this.mouseSelection.update(e),this.draggedContent&&e.docChanged&&(this.
draggedContent=this.draggedContent.map(e.changes)),e.transactions.length&&(this.lastKeyCode=this.lastSelectionTime=0)}destroy(){this.mouseSelection&&this.mouseSelection.
destroy()}};function eu(n){return n.visualViewport?n.visualViewport.height*n.visualViewport.scale/n.document.documentElement.clientHeight<.85:!1}function ql(n,e){
return(t,i)=>{try{return e.call(n,i,t)}catch(s){We(t.state,s)}}}function tu(n){let e=Object.create(null);function t(i){return e[i]||(e[i]={observers:[],handlers:[]})}
for(let i of n){let s=i.spec,r=s&&s.plugin.domEventHandlers,o=s&&s.plugin.domEventObservers;if(r)for(let l in r){let a=r[l];a&&t(l).handlers.push(ql(i.value,a))}
if(o)for(let l in o){let a=o[l];a&&t(l).observers.push(ql(i.value,a))}}for(let i in He)t(i).handlers.push(He[i]);for(let i in ue)t(i).observers.push(ue[i]);return e}
var ja=[{key:"Backspace",keyCode:8,inputType:"deleteContentBackward"},{key:"Enter",keyCode:13,inputType:"insertParagraph"},{key:"Enter",keyCode:13,inputType:"in\
sertLineBreak"},{key:"Delete",keyCode:46,inputType:"deleteContentForward"}],iu="dthko",Ua=[16,17,18,20,91,92,224,225],wn=6;function kn(n){return Math.max(0,n)*.7+
8}function nu(n,e){return Math.max(Math.abs(n.clientX-e.clientX),Math.abs(n.clientY-e.clientY))}var Cr=class{constructor(e,t,i,s){this.view=e,this.startEvent=t,
this.style=i,this.mustSelect=s,this.scrollSpeed={x:0,y:0},this.scrolling=-1,this.lastEvent=t,this.scrollParents=da(e.contentDOM),this.atoms=e.state.facet(Ki).map(
o=>o(e));let r=e.contentDOM.ownerDocument;r.addEventListener("mousemove",this.move=this.move.bind(this)),r.addEventListener("mouseup",this.up=this.up.bind(this)),
this.extend=t.shiftKey,this.multiple=e.state.facet($.allowMultipleSelections)&&su(e,t),this.dragging=ou(e,t)&&Ja(t)==1?null:!1}start(e){this.dragging===!1&&this.
select(e)}move(e){if(e.buttons==0)return this.destroy();if(this.dragging||this.dragging==null&&nu(this.startEvent,e)<10)return;this.select(this.lastEvent=e);let t=0,
i=0,s=0,r=0,o=this.view.win.innerWidth,l=this.view.win.innerHeight;this.scrollParents.x&&({left:s,right:o}=this.scrollParents.x.getBoundingClientRect()),this.scrollParents.
y&&({top:r,bottom:l}=this.scrollParents.y.getBoundingClientRect());let a=Ha(this.view);e.clientX-a.left<=s+wn?t=-kn(s-e.clientX):e.clientX+a.right>=o-wn&&(t=kn(
e.clientX-o)),e.clientY-a.top<=r+wn?i=-kn(r-e.clientY):e.clientY+a.bottom>=l-wn&&(i=kn(e.clientY-l)),this.setScrollSpeed(t,i)}up(e){this.dragging==null&&this.select(
this.lastEvent),this.dragging||e.preventDefault(),this.destroy()}destroy(){this.setScrollSpeed(0,0);let e=this.view.contentDOM.ownerDocument;e.removeEventListener(
"mousemove",this.move),e.removeEventListener("mouseup",this.up),this.view.inputState.mouseSelection=this.view.inputState.draggedContent=null}setScrollSpeed(e,t){
this.scrollSpeed={x:e,y:t},e||t?this.scrolling<0&&(this.scrolling=setInterval(()=>this.scroll(),50)):this.scrolling>-1&&(clearInterval(this.scrolling),this.scrolling=
-1)}scroll(){let{x:e,y:t}=this.scrollSpeed;e&&this.scrollParents.x&&(this.scrollParents.x.scrollLeft+=e,e=0),t&&this.scrollParents.y&&(this.scrollParents.y.scrollTop+=
t,t=0),(e||t)&&this.view.win.scrollBy(e,t),this.dragging===!1&&this.select(this.lastEvent)}select(e){let{view:t}=this,i=Ka(this.atoms,this.style.get(e,this.extend,
this.multiple));(this.mustSelect||!i.eq(t.state.selection,this.dragging===!1))&&this.view.dispatch({selection:i,userEvent:"select.pointer"}),this.mustSelect=!1}update(e){
e.transactions.some(t=>t.isUserEvent("input.type"))?this.destroy():this.style.update(e)&&setTimeout(()=>this.select(this.lastEvent),20)}};function su(n,e){let t=n.
state.facet(Aa);return t.length?t[0](e):M.mac?e.metaKey:e.ctrlKey}function ru(n,e){let t=n.state.facet(Ma);return t.length?t[0](e):M.mac?!e.altKey:!e.ctrlKey}function ou(n,e){
let{main:t}=n.state.selection;if(t.empty)return!1;let i=Hi(n.root);if(!i||i.rangeCount==0)return!0;let s=i.getRangeAt(0).getClientRects();for(let r=0;r<s.length;r++){
let o=s[r];if(o.left<=e.clientX&&o.right>=e.clientX&&o.top<=e.clientY&&o.bottom>=e.clientY)return!0}return!1}function lu(n,e){if(!e.bubbles)return!0;if(e.defaultPrevented)
return!1;for(let t=e.target,i;t!=n.contentDOM;t=t.parentNode)if(!t||t.nodeType==11||(i=J.get(t))&&i.isWidget()&&!i.isHidden&&i.widget.ignoreEvent(e))return!1;return!0}
var He=Object.create(null),ue=Object.create(null),Ga=M.ie&&M.ie_version<15||M.ios&&M.webkit_version<604;function au(n){let e=n.dom.parentNode;if(!e)return;let t=e.
appendChild(document.createElement("textarea"));t.style.cssText="position: fixed; left: -10000px; top: 10px",t.focus(),setTimeout(()=>{n.focus(),t.remove(),Ya(n,
t.value)},50)}function jn(n,e,t){for(let i of n.facet(e))t=i(t,n);return t}function Ya(n,e){e=jn(n.state,jr,e);let{state:t}=n,i,s=1,r=t.toText(e),o=r.lines==t.selection.
ranges.length;if(Ar!=null&&t.selection.ranges.every(a=>a.empty)&&Ar==r.toString()){let a=-1;i=t.changeByRange(h=>{let c=t.doc.lineAt(h.from);if(c.from==a)return{
range:h};a=c.from;let f=t.toText((o?r.line(s++).text:e)+t.lineBreak);return{changes:{from:c.from,insert:f},range:x.cursor(h.from+f.length,-1)}})}else o?i=t.changeByRange(
a=>{let h=r.line(s++);return{changes:{from:a.from,to:a.to,insert:h.text},range:x.cursor(a.from+h.length,-1)}}):i=t.replaceSelection(r);n.dispatch(i,{userEvent:"\
input.paste",scrollIntoView:!0})}ue.scroll=n=>{let e=n.inputState;e.lastScrollTop=n.scrollDOM.scrollTop,e.lastScrollLeft=n.scrollDOM.scrollLeft,M.ios&&!e.touchActive&&
(e.lastIOSMomentumScroll=Date.now())};ue.wheel=ue.mousewheel=n=>{n.inputState.lastWheelEvent=Date.now()};He.keydown=(n,e)=>(n.inputState.setSelectionOrigin("sel\
ect"),e.keyCode==27&&n.inputState.tabFocusMode!=0&&(n.inputState.tabFocusMode=Date.now()+2e3),!1);ue.touchstart=(n,e)=>{let t=n.inputState,i=e.targetTouches[0];
t.touchActive=!0,t.lastTouchTime=Date.now(),i&&(t.lastTouchX=i.clientX,t.lastTouchY=i.clientY),t.setSelectionOrigin("select.pointer")};ue.touchmove=n=>{n.inputState.
setSelectionOrigin("select.pointer")};ue.touchend=(n,e)=>{n.inputState.touchActive=!1};He.mousedown=(n,e)=>{if(n.observer.flush(),n.inputState.lastTouchTime>Date.
now()-2e3)return!1;let t=null;for(let i of n.state.facet(Ta))if(t=i(n,e),t)break;if(!t&&e.button==0&&(t=cu(n,e)),t){let i=!n.hasFocus;n.inputState.startMouseSelection(
new Cr(n,e,t,i)),i&&n.observer.ignore(()=>{ga(n.contentDOM);let r=n.root.activeElement;r&&!r.contains(n.contentDOM)&&r.blur()});let s=n.inputState.mouseSelection;
if(s)return s.start(e),s.dragging===!1}else n.inputState.setSelectionOrigin("select.pointer");return!1};function $l(n,e,t,i){if(i==1)return x.cursor(e,t);if(i==
2)return qf(n.state,e,t);{let s=n.docView.lineAt(e,t),r=n.state.doc.lineAt(s?s.posAtEnd:e),o=s?s.posAtStart:r.from,l=s?s.posAtEnd:r.to;return l<n.state.doc.length&&
l==r.to&&l++,x.undirectionalRange(o,l)}}var hu=M.ie&&M.ie_version<=11,_l=null,jl=0,Ul=0;function Ja(n){if(!hu)return n.detail;let e=_l,t=Ul;return _l=n,Ul=Date.
now(),jl=!e||t>Date.now()-400&&Math.abs(e.clientX-n.clientX)<2&&Math.abs(e.clientY-n.clientY)<2?(jl+1)%3:1}function cu(n,e){let t=n.posAndSideAtCoords({x:e.clientX,
y:e.clientY},!1),i=Ja(e),s=n.state.selection;return{update(r){r.docChanged&&(t.pos=r.changes.mapPos(t.pos),s=s.map(r.changes))},get(r,o,l){let a=n.posAndSideAtCoords(
{x:r.clientX,y:r.clientY},!1),h,c=$l(n,a.pos,a.assoc,i);if(t.pos!=a.pos&&!o){let f=$l(n,t.pos,t.assoc,i),u=Math.min(f.from,c.from),d=Math.max(f.to,c.to);c=u<c.from?
x.range(u,d,c.assoc):x.range(d,u,c.assoc)}return o?s.replaceRange(s.main.extend(c.from,c.to,c.assoc)):l&&i==1&&s.ranges.length>1&&(h=fu(s,a.pos))?h:l?s.addRange(
c):x.create([c])}}}function fu(n,e){for(let t=0;t<n.ranges.length;t++){let{from:i,to:s}=n.ranges[t];if(i<=e&&s>=e)return x.create(n.ranges.slice(0,t).concat(n.ranges.
slice(t+1)),n.mainIndex==t?0:n.mainIndex-(n.mainIndex>t?1:0))}return null}He.dragstart=(n,e)=>{let{selection:{main:t}}=n.state;if(e.target.draggable){let s=n.docView.
tile.nearest(e.target);if(s&&s.isWidget()){let r=s.posAtStart,o=r+s.length;(r>=t.to||o<=t.from)&&(t=x.undirectionalRange(r,o))}}let{inputState:i}=n;return i.mouseSelection&&
(i.mouseSelection.dragging=!0),i.draggedContent=t,e.dataTransfer&&(e.dataTransfer.setData("Text",jn(n.state,Ur,n.state.sliceDoc(t.from,t.to))),e.dataTransfer.effectAllowed=
"copyMove"),!1};He.dragend=n=>(n.inputState.draggedContent=null,!1);function Gl(n,e,t,i){if(t=jn(n.state,jr,t),!t)return;let s=n.posAtCoords({x:e.clientX,y:e.clientY},
!1),{draggedContent:r}=n.inputState,o=i&&r&&ru(n,e)?{from:r.from,to:r.to}:null,l={from:s,insert:t},a=n.state.changes(o?[o,l]:l);n.focus(),n.dispatch({changes:a,
selection:{anchor:a.mapPos(s,-1),head:a.mapPos(s,1)},userEvent:o?"move.drop":"input.drop"}),n.inputState.draggedContent=null}He.drop=(n,e)=>{if(!e.dataTransfer)
return!1;if(n.state.readOnly)return!0;let t=e.dataTransfer.files;if(t&&t.length){let i=Array(t.length),s=0,r=()=>{++s==t.length&&Gl(n,e,i.filter(o=>o!=null).join(
n.state.lineBreak),!1)};for(let o=0;o<t.length;o++){let l=new FileReader;l.onerror=r,l.onload=()=>{/[\x00-\x08\x0e-\x1f]{2}/.test(l.result)||(i[o]=l.result),r()},
l.readAsText(t[o])}return!0}else{let i=e.dataTransfer.getData("Text");if(i)return Gl(n,e,i,!0),!0}return!1};He.paste=(n,e)=>{if(n.state.readOnly)return!0;n.observer.
flush();let t=Ga?null:e.clipboardData;return t?(Ya(n,t.getData("text/plain")||t.getData("text/uri-list")),!0):(au(n),!1)};function uu(n,e){let t=n.dom.parentNode;
if(!t)return;let i=t.appendChild(document.createElement("textarea"));i.style.cssText="position: fixed; left: -10000px; top: 10px",i.value=e,i.focus(),i.selectionEnd=
e.length,i.selectionStart=0,setTimeout(()=>{i.remove(),n.focus()},50)}function du(n){let e=[],t=[],i=!1;for(let s of n.selection.ranges)s.empty||(e.push(n.sliceDoc(
s.from,s.to)),t.push(s));if(!e.length){let s=-1;for(let{from:r}of n.selection.ranges){let o=n.doc.lineAt(r);o.number>s&&(e.push(o.text),t.push({from:o.from,to:Math.
min(n.doc.length,o.to+1)})),s=o.number}i=!0}return{text:jn(n,Ur,e.join(n.lineBreak)),ranges:t,linewise:i}}var Ar=null;He.copy=He.cut=(n,e)=>{if(!Oi(n.contentDOM,
n.observer.selectionRange))return!1;let{text:t,ranges:i,linewise:s}=du(n.state);if(!t&&!s)return!1;Ar=s?t:null,e.type=="cut"&&!n.state.readOnly&&n.dispatch({changes:i,
scrollIntoView:!0,userEvent:"delete.cut"});let r=Ga?null:e.clipboardData;return r?(r.clearData(),r.setData("text/plain",t),!0):(uu(n,t),!1)};var Xa=Se.define();
function Qa(n,e){let t=[];for(let i of n.facet(Ba)){let s=i(n,e);s&&t.push(s)}return t.length?n.update({effects:t,annotations:Xa.of(!0)}):null}function Za(n){setTimeout(
()=>{let e=n.hasFocus;if(e!=n.inputState.notifiedFocused){let t=Qa(n.state,e);t?n.dispatch(t):n.update([])}},10)}ue.focus=n=>{n.inputState.lastFocusTime=Date.now(),
!n.scrollDOM.scrollTop&&(n.inputState.lastScrollTop||n.inputState.lastScrollLeft)&&(n.scrollDOM.scrollTop=n.inputState.lastScrollTop,n.scrollDOM.scrollLeft=n.inputState.
lastScrollLeft),Za(n)};ue.blur=n=>{n.observer.clearSelectionRange(),Za(n)};ue.compositionstart=ue.compositionupdate=(n,e)=>{if(!n.observer.editContext&&(n.inputState.
compositionFirstChange==null&&(n.inputState.compositionFirstChange=!0),n.inputState.composing<0)){let{main:t}=n.state.selection;!t.empty&&n.lineBlockAt(t.from).
from!=n.lineBlockAt(t.to).from&&!n.state.readOnly&&n.dispatch({changes:n.state.selection.ranges.filter(i=>!i.empty).map(i=>({from:i.from,to:i.to})),userEvent:"i\
nput"}),n.inputState.composing=0}};ue.compositionend=n=>{n.observer.editContext||(n.inputState.composing=-1,n.inputState.compositionEndedAt=Date.now(),n.inputState.
compositionPendingKey=!0,n.inputState.compositionPendingChange=n.observer.pendingRecords().length>0,n.inputState.compositionFirstChange=null,M.chrome&&M.android?
n.observer.flushSoon():n.inputState.compositionPendingChange?Promise.resolve().then(()=>n.observer.flush()):setTimeout(()=>{n.inputState.composing<0&&n.docView.
hasComposition&&n.update([])},50))};ue.contextmenu=n=>{n.inputState.lastContextMenu=Date.now()};He.beforeinput=(n,e)=>{var t,i;if((e.inputType=="insertText"||e.
inputType=="insertCompositionText")&&(n.inputState.insertingText=e.data,n.inputState.insertingTextAt=Date.now()),e.inputType=="insertReplacementText"&&n.observer.
editContext){let r=(t=e.dataTransfer)===null||t===void 0?void 0:t.getData("text/plain"),o=e.getTargetRanges();if(r&&o.length){let l=o[0],a=n.posAtDOM(l.startContainer,
l.startOffset),h=n.posAtDOM(l.endContainer,l.endOffset);return Jr(n,{from:a,to:h,insert:n.state.toText(r)},null),!0}}let s;if(M.chrome&&M.android&&(s=ja.find(r=>r.
inputType==e.inputType))&&(n.observer.delayAndroidKey(s.key,s.keyCode),s.key=="Backspace"||s.key=="Delete")){let r=((i=window.visualViewport)===null||i===void 0?
void 0:i.height)||0;setTimeout(()=>{var o;(((o=window.visualViewport)===null||o===void 0?void 0:o.height)||0)>r+10&&n.hasFocus&&(n.contentDOM.blur(),n.focus())},
100)}return M.ios&&e.inputType=="deleteContentForward"&&n.observer.flushSoon(),M.safari&&e.inputType=="insertText"&&n.inputState.composing>=0&&setTimeout(()=>ue.
compositionend(n,e),20),!1};var Yl=new Set;function pu(n){Yl.has(n)||(Yl.add(n),n.addEventListener("copy",()=>{}),n.addEventListener("cut",()=>{}))}var Jl=["pre\
-wrap","normal","pre-line","break-spaces"],di=!1;function Xl(){di=!1}var Mr=class{constructor(e){this.lineWrapping=e,this.doc=N.empty,this.heightSamples={},this.
lineHeight=14,this.charWidth=7,this.textHeight=14,this.lineLength=30}heightForGap(e,t){let i=this.doc.lineAt(t).number-this.doc.lineAt(e).number+1;return this.lineWrapping&&
(i+=Math.max(0,Math.ceil((t-e-i*this.lineLength*.5)/this.lineLength))),this.lineHeight*i}heightForLine(e){return this.lineWrapping?(1+Math.max(0,Math.ceil((e-this.
lineLength)/Math.max(1,this.lineLength-5))))*this.lineHeight:this.lineHeight}setDoc(e){return this.doc=e,this}mustRefreshForWrapping(e){return Jl.indexOf(e)>-1!=
this.lineWrapping}mustRefreshForHeights(e){let t=!1;for(let i=0;i<e.length;i++){let s=e[i];s<0?i++:this.heightSamples[Math.floor(s*10)]||(t=!0,this.heightSamples[Math.
floor(s*10)]=!0)}return t}refresh(e,t,i,s,r,o){let l=Jl.indexOf(e)>-1,a=Math.abs(t-this.lineHeight)>.3||this.lineWrapping!=l;if(this.lineWrapping=l,this.lineHeight=
t,this.charWidth=i,this.textHeight=s,this.lineLength=r,a){this.heightSamples={};for(let h=0;h<o.length;h++){let c=o[h];c<0?h++:this.heightSamples[Math.floor(c*10)]=
!0}}return a}},Tr=class{constructor(e,t){this.from=e,this.heights=t,this.index=0}get more(){return this.index<this.heights.length}},Ne=class n{constructor(e,t,i,s,r){
this.from=e,this.length=t,this.top=i,this.height=s,this._content=r}get type(){return typeof this._content=="number"?ge.Text:Array.isArray(this._content)?this._content:
this._content.type}get to(){return this.from+this.length}get bottom(){return this.top+this.height}get widget(){return this._content instanceof Rt?this._content.
widget:null}get widgetLineBreaks(){return typeof this._content=="number"?this._content:0}join(e){let t=(Array.isArray(this._content)?this._content:[this]).concat(
Array.isArray(e._content)?e._content:[e]);return new n(this.from,this.length+e.length,this.top,this.height+e.height,t)}},U=(function(n){return n[n.ByPos=0]="ByP\
os",n[n.ByHeight=1]="ByHeight",n[n.ByPosNoHeight=2]="ByPosNoHeight",n})(U||(U={})),Tn=.001,be=class n{constructor(e,t,i=2){this.length=e,this.height=t,this.flags=
i}get outdated(){return(this.flags&2)>0}set outdated(e){this.flags=(e?2:0)|this.flags&-3}setHeight(e){this.height!=e&&(Math.abs(this.height-e)>Tn&&(di=!0),this.
height=e)}replace(e,t,i){return n.of(i)}decomposeLeft(e,t){t.push(this)}decomposeRight(e,t){t.push(this)}applyChanges(e,t,i,s){let r=this,o=i.doc;for(let l=s.length-
1;l>=0;l--){let{fromA:a,toA:h,fromB:c,toB:f}=s[l],u=r.lineAt(a,U.ByPosNoHeight,i.setDoc(t),0,0),d=u.to>=h?u:r.lineAt(h,U.ByPosNoHeight,i,0,0);for(f+=d.to-h,h=d.
to;l>0&&u.from<=s[l-1].toA;)a=s[l-1].fromA,c=s[l-1].fromB,l--,a<u.from&&(u=r.lineAt(a,U.ByPosNoHeight,i,0,0));c+=u.from-a,a=u.from;let p=Or.build(i.setDoc(o),e,
c,f);r=Fn(r,r.replace(a,h,p))}return r.updateHeight(i,0)}static empty(){return new Ae(0,0,0)}static of(e){if(e.length==1)return e[0];let t=0,i=e.length,s=0,r=0;
for(;;)if(t==i)if(s>r*2){let l=e[t-1];l.break?e.splice(--t,1,l.left,null,l.right):e.splice(--t,1,l.left,l.right),i+=1+l.break,s-=l.size}else if(r>s*2){let l=e[i];
l.break?e.splice(i,1,l.left,null,l.right):e.splice(i,1,l.left,l.right),i+=2+l.break,r-=l.size}else break;else if(s<r){let l=e[t++];l&&(s+=l.size)}else{let l=e[--i];
l&&(r+=l.size)}let o=!1;return e[t-1]==null?(o=!0,t--):e[t]==null&&(o=!0,i++),new Dr(n.of(e.slice(0,t)),o,n.of(e.slice(i)))}};function Fn(n,e){return n==e?n:(n.
constructor!=e.constructor&&(di=!0),e)}be.prototype.size=1;var mu=V.replace({}),Hn=class extends be{constructor(e,t,i){super(e,t),this.deco=i,this.spaceAbove=0}mainBlock(e,t){
return new Ne(t,this.length,e+this.spaceAbove,this.height-this.spaceAbove,this.deco||0)}blockAt(e,t,i,s){return this.spaceAbove&&e<i+this.spaceAbove?new Ne(s,0,
i,this.spaceAbove,mu):this.mainBlock(i,s)}lineAt(e,t,i,s,r){let o=this.mainBlock(s,r);return this.spaceAbove?this.blockAt(0,i,s,r).join(o):o}forEachLine(e,t,i,s,r,o){
e<=r+this.length&&t>=r&&o(this.lineAt(0,U.ByPos,i,s,r))}setMeasuredHeight(e){let t=e.heights[e.index++];t<0?(this.spaceAbove=-t,t=e.heights[e.index++]):this.spaceAbove=
0,this.setHeight(t)}updateHeight(e,t=0,i=!1,s){return s&&s.from<=t&&s.more&&this.setMeasuredHeight(s),this.outdated=!1,this}toString(){return`block(${this.length}\
)`}},Ae=class n extends Hn{constructor(e,t,i){super(e,t,null),this.collapsed=0,this.widgetHeight=0,this.breaks=0,this.spaceAbove=i}mainBlock(e,t){return new Ne(
t,this.length,e+this.spaceAbove,this.height-this.spaceAbove,this.breaks)}replace(e,t,i){let s=i[0];return i.length==1&&(s instanceof n||s instanceof dt&&s.flags&
4)&&Math.abs(this.length-s.length)<10?(s instanceof dt?s=new n(s.length,this.height,this.spaceAbove):s.height=this.height,this.outdated||(s.outdated=!1),s):be.of(
i)}updateHeight(e,t=0,i=!1,s){return s&&s.from<=t&&s.more?this.setMeasuredHeight(s):(i||this.outdated)&&(this.spaceAbove=0,this.setHeight(Math.max(this.widgetHeight,
e.heightForLine(this.length-this.collapsed))+this.breaks*e.lineHeight)),this.outdated=!1,this}toString(){return`line(${this.length}${this.collapsed?-this.collapsed:
""}${this.widgetHeight?":"+this.widgetHeight:""})`}},dt=class n extends be{constructor(e){super(e,0)}heightMetrics(e,t){let i=e.doc.lineAt(t).number,s=e.doc.lineAt(
t+this.length).number,r=s-i+1,o,l=0;if(e.lineWrapping){let a=Math.min(this.height,e.lineHeight*r);o=a/r,this.length>r+1&&(l=(this.height-a)/(this.length-r-1))}else
o=this.height/r;return{firstLine:i,lastLine:s,perLine:o,perChar:l}}blockAt(e,t,i,s){let{firstLine:r,lastLine:o,perLine:l,perChar:a}=this.heightMetrics(t,s);if(t.
lineWrapping){let h=s+(e<t.lineHeight?0:Math.round(Math.max(0,Math.min(1,(e-i)/this.height))*this.length)),c=t.doc.lineAt(h),f=l+c.length*a,u=Math.max(i,e-f/2);
return new Ne(c.from,c.length,u,f,0)}else{let h=Math.max(0,Math.min(o-r,Math.floor((e-i)/l))),{from:c,length:f}=t.doc.line(r+h);return new Ne(c,f,i+l*h,l,0)}}lineAt(e,t,i,s,r){
if(t==U.ByHeight)return this.blockAt(e,i,s,r);if(t==U.ByPosNoHeight){let{from:d,to:p}=i.doc.lineAt(e);return new Ne(d,p-d,0,0,0)}let{firstLine:o,perLine:l,perChar:a}=this.
heightMetrics(i,r),h=i.doc.lineAt(e),c=l+h.length*a,f=h.number-o,u=s+l*f+a*(h.from-r-f);return new Ne(h.from,h.length,Math.max(s,Math.min(u,s+this.height-c)),c,
0)}forEachLine(e,t,i,s,r,o){e=Math.max(e,r),t=Math.min(t,r+this.length);let{firstLine:l,perLine:a,perChar:h}=this.heightMetrics(i,r);for(let c=e,f=s;c<=t;){let u=i.
doc.lineAt(c);if(c==e){let p=u.number-l;f+=a*p+h*(e-r-p)}let d=a+h*u.length;o(new Ne(u.from,u.length,f,d,0)),f+=d,c=u.to+1}}replace(e,t,i){let s=this.length-t;if(s>
0){let r=i[i.length-1];r instanceof n?i[i.length-1]=new n(r.length+s):i.push(null,new n(s-1))}if(e>0){let r=i[0];r instanceof n?i[0]=new n(e+r.length):i.unshift(
new n(e-1),null)}return be.of(i)}decomposeLeft(e,t){t.push(new n(e-1),null)}decomposeRight(e,t){t.push(null,new n(this.length-e-1))}updateHeight(e,t=0,i=!1,s){let r=t+
this.length;if(s&&s.from<=t+this.length&&s.more){let o=[],l=Math.max(t,s.from),a=-1;for(s.from>t&&o.push(new n(s.from-t-1).updateHeight(e,t));l<=r&&s.more;){let c=e.
doc.lineAt(l).length;o.length&&o.push(null);let f=s.heights[s.index++],u=0;f<0&&(u=-f,f=s.heights[s.index++]),a==-1?a=f:Math.abs(f-a)>=Tn&&(a=-2);let d=new Ae(c,
f,u);d.outdated=!1,o.push(d),l+=c+1}l<=r&&o.push(null,new n(r-l).updateHeight(e,l));let h=be.of(o);return(a<0||Math.abs(h.height-this.height)>=Tn||Math.abs(a-this.
heightMetrics(e,t).perLine)>=Tn)&&(di=!0),Fn(this,h)}else(i||this.outdated)&&(this.setHeight(e.heightForGap(t,t+this.length)),this.outdated=!1);return this}toString(){
return`gap(${this.length})`}},Dr=class extends be{constructor(e,t,i){super(e.length+(t?1:0)+i.length,e.height+i.height,(t?1:0)|(e.outdated||i.outdated?2:0)),this.
left=e,this.right=i,this.size=e.size+i.size}get break(){return this.flags&1}blockAt(e,t,i,s){let r=i+this.left.height;return e<r?this.left.blockAt(e,t,i,s):this.
right.blockAt(e,t,r,s+this.left.length+this.break)}lineAt(e,t,i,s,r){let o=s+this.left.height,l=r+this.left.length+this.break,a=t==U.ByHeight?e<o:e<l,h=a?this.left.
lineAt(e,t,i,s,r):this.right.lineAt(e,t,i,o,l);if(this.break||(a?h.to<l:h.from>l))return h;let c=t==U.ByPosNoHeight?U.ByPosNoHeight:U.ByPos;return a?h.join(this.
right.lineAt(l,c,i,o,l)):this.left.lineAt(l,c,i,s,r).join(h)}forEachLine(e,t,i,s,r,o){let l=s+this.left.height,a=r+this.left.length+this.break;if(this.break)e<a&&
this.left.forEachLine(e,t,i,s,r,o),t>=a&&this.right.forEachLine(e,t,i,l,a,o);else{let h=this.lineAt(a,U.ByPos,i,s,r);e<h.from&&this.left.forEachLine(e,Math.min(
t,h.from-1),i,s,r,o),h.to>=e&&h.from<=t&&o(h),t>h.to&&this.right.forEachLine(Math.max(e,h.to+1),t,i,l,a,o)}}replace(e,t,i){let s=this.left.length+this.break;if(t<
s)return this.balanced(this.left.replace(e,t,i),this.right);if(e>this.left.length)return this.balanced(this.left,this.right.replace(e-s,t-s,i));let r=[];e>0&&this.
decomposeLeft(e,r);let o=r.length;for(let l of i)r.push(l);if(e>0&&Ql(r,o-1),t<this.length){let l=r.length;this.decomposeRight(t,r),Ql(r,l)}return be.of(r)}decomposeLeft(e,t){
let i=this.left.length;if(e<=i)return this.left.decomposeLeft(e,t);t.push(this.left),this.break&&(i++,e>=i&&t.push(null)),e>i&&this.right.decomposeLeft(e-i,t)}decomposeRight(e,t){
let i=this.left.length,s=i+this.break;if(e>=s)return this.right.decomposeRight(e-s,t);e<i&&this.left.decomposeRight(e,t),this.break&&e<s&&t.push(null),t.push(this.
right)}balanced(e,t){return e.size>2*t.size||t.size>2*e.size?be.of(this.break?[e,null,t]:[e,t]):(this.left=Fn(this.left,e),this.right=Fn(this.right,t),this.setHeight(
e.height+t.height),this.outdated=e.outdated||t.outdated,this.size=e.size+t.size,this.length=e.length+this.break+t.length,this)}updateHeight(e,t=0,i=!1,s){let{left:r,
right:o}=this,l=t+r.length+this.break,a=null;return s&&s.from<=t+r.length&&s.more?a=r=r.updateHeight(e,t,i,s):r.updateHeight(e,t,i),s&&s.from<=l+o.length&&s.more?
a=o=o.updateHeight(e,l,i,s):o.updateHeight(e,l,i),a?this.balanced(r,o):(this.height=this.left.height+this.right.height,this.outdated=!1,this)}toString(){return this.
left+(this.break?" ":"-")+this.right}};function Ql(n,e){let t,i;n[e]==null&&(t=n[e-1])instanceof dt&&(i=n[e+1])instanceof dt&&n.splice(e-1,3,new dt(t.length+1+i.
length))}var gu=5,Or=class n{constructor(e,t){this.pos=e,this.oracle=t,this.nodes=[],this.lineStart=-1,this.lineEnd=-1,this.covering=null,this.writtenTo=e}get isCovered(){
return this.covering&&this.nodes[this.nodes.length-1]==this.covering}span(e,t){if(this.lineStart>-1){let i=Math.min(t,this.lineEnd),s=this.nodes[this.nodes.length-
1];s instanceof Ae?s.length+=i-this.pos:(i>this.pos||!this.isCovered)&&this.nodes.push(new Ae(i-this.pos,-1,0)),this.writtenTo=i,t>i&&(this.nodes.push(null),this.
writtenTo++,this.lineStart=-1)}this.pos=t}point(e,t,i){if(e<t||i.heightRelevant){let s=i.widget?i.widget.estimatedHeight:0,r=i.widget?i.widget.lineBreaks:0;s<0&&
(s=this.oracle.lineHeight);let o=t-e;i.block?this.addBlock(new Hn(o,s,i)):(o||r||s>=gu)&&this.addLineDeco(s,r,o)}else t>e&&this.span(e,t);this.lineEnd>-1&&this.
lineEnd<this.pos&&(this.lineEnd=this.oracle.doc.lineAt(this.pos).to)}enterLine(){if(this.lineStart>-1)return;let{from:e,to:t}=this.oracle.doc.lineAt(this.pos);this.
lineStart=e,this.lineEnd=t,this.writtenTo<e&&((this.writtenTo<e-1||this.nodes[this.nodes.length-1]==null)&&this.nodes.push(this.blankContent(this.writtenTo,e-1)),
this.nodes.push(null)),this.pos>e&&this.nodes.push(new Ae(this.pos-e,-1,0)),this.writtenTo=this.pos}blankContent(e,t){let i=new dt(t-e);return this.oracle.doc.lineAt(
e).to==t&&(i.flags|=4),i}ensureLine(){this.enterLine();let e=this.nodes.length?this.nodes[this.nodes.length-1]:null;if(e instanceof Ae)return e;let t=new Ae(0,-1,
0);return this.nodes.push(t),t}addBlock(e){this.enterLine();let t=e.deco;t&&t.startSide>0&&!this.isCovered&&this.ensureLine(),this.nodes.push(e),this.writtenTo=
this.pos=this.pos+e.length,t&&t.endSide>0&&(this.covering=e)}addLineDeco(e,t,i){let s=this.ensureLine();s.length+=i,s.collapsed+=i,s.widgetHeight=Math.max(s.widgetHeight,
e),s.breaks+=t,this.writtenTo=this.pos=this.pos+i}finish(e){let t=this.nodes.length==0?null:this.nodes[this.nodes.length-1];this.lineStart>-1&&!(t instanceof Ae)&&
!this.isCovered?this.nodes.push(new Ae(0,-1,0)):(this.writtenTo<this.pos||t==null)&&this.nodes.push(this.blankContent(this.writtenTo,this.pos));let i=e;for(let s of this.
nodes)s instanceof Ae&&s.updateHeight(this.oracle,i),i+=s?s.length:1;return this.nodes}static build(e,t,i,s){let r=new n(i,e);return z.spans(t,i,s,r,0),r.finish(
i)}};function yu(n,e,t){let i=new Br;return z.compare(n,e,t,i,0),i.changes}var Br=class{constructor(){this.changes=[]}compareRange(){}comparePoint(e,t,i,s){(e<t||
i&&i.heightRelevant||s&&s.heightRelevant)&&ri(e,t,this.changes,5)}};function bu(n,e){let t=n.getBoundingClientRect(),i=n.ownerDocument,s=i.defaultView||window,r=Math.
max(0,t.left),o=Math.min(s.innerWidth,t.right),l=Math.max(0,t.top),a=Math.min(s.innerHeight,t.bottom);for(let h=n.parentNode;h&&h!=i.body;)if(re(h)){let c=window.
getComputedStyle(h);if((h.scrollHeight>h.clientHeight||h.scrollWidth>h.clientWidth)&&c.overflow!="visible"){let f=h.getBoundingClientRect();r=Math.max(r,f.left),
o=Math.min(o,f.right),l=Math.max(l,f.top),a=Math.min(h==n.parentNode?s.innerHeight:a,f.bottom)}h=c.position=="absolute"||c.position=="fixed"?h.offsetParent:h.parentNode}else if(h.
nodeType==11)h=h.host;else break;return{left:r-t.left,right:Math.max(r,o)-t.left,top:l-(t.top+e),bottom:Math.max(l,a)-(t.top+e)}}function xu(n){let e=n.getBoundingClientRect(),
t=n.ownerDocument.defaultView||window;return e.left<t.innerWidth&&e.right>0&&e.top<t.innerHeight&&e.bottom>0}function wu(n,e){let t=n.getBoundingClientRect();return{
left:0,right:t.right-t.left,top:e,bottom:t.bottom-(t.top+e)}}var Ii=class{constructor(e,t,i,s){this.from=e,this.to=t,this.size=i,this.displaySize=s}static same(e,t){
if(e.length!=t.length)return!1;for(let i=0;i<e.length;i++){let s=e[i],r=t[i];if(s.from!=r.from||s.to!=r.to||s.size!=r.size)return!1}return!0}draw(e,t){return V.
replace({widget:new Er(this.displaySize*(t?e.scaleY:e.scaleX),t)}).range(this.from,this.to)}},Er=class extends Lt{constructor(e,t){super(),this.size=e,this.vertical=
t}eq(e){return e.size==this.size&&e.vertical==this.vertical}toDOM(){let e=document.createElement("div");return this.vertical?e.style.height=this.size+"px":(e.style.
width=this.size+"px",e.style.height="2px",e.style.display="inline-block"),e}get estimatedHeight(){return this.vertical?this.size:-1}},Vn=class{constructor(e,t){
this.view=e,this.state=t,this.pixelViewport={left:0,right:window.innerWidth,top:0,bottom:0},this.inView=!0,this.paddingTop=0,this.paddingBottom=0,this.contentDOMWidth=
0,this.contentDOMHeight=0,this.editorHeight=0,this.editorWidth=0,this.scaleX=1,this.scaleY=1,this.scrollOffset=0,this.scrolledToBottom=!1,this.scrollAnchorPos=0,
this.scrollAnchorHeight=-1,this.scaler=Lr,this.scrollTarget=null,this.printing=!1,this.mustMeasureContent=!0,this.defaultTextDirection=Y.LTR,this.visibleRanges=
[],this.mustEnforceCursorAssoc=!1;let i=t.facet(Gr).some(s=>typeof s!="function"&&s.class=="cm-lineWrapping");this.heightOracle=new Mr(i),this.stateDeco=Zl(t),this.
heightMap=be.empty().applyChanges(this.stateDeco,N.empty,this.heightOracle.setDoc(t.doc),[new Fe(0,0,0,t.doc.length)]);for(let s=0;s<2&&(this.viewport=this.getViewport(
0,null),!!this.updateForViewport());s++);this.updateViewportLines(),this.lineGaps=this.ensureLineGaps([]),this.lineGapDeco=V.set(this.lineGaps.map(s=>s.draw(this,
!1))),this.scrollParent=e.scrollDOM,this.computeVisibleRanges()}updateForViewport(){let e=[this.viewport],{main:t}=this.state.selection;for(let i=0;i<=1;i++){let s=i?
t.head:t.anchor;if(!e.some(({from:r,to:o})=>s>=r&&s<=o)){let{from:r,to:o}=this.lineBlockAt(s);e.push(new ii(r,o))}}return this.viewports=e.sort((i,s)=>i.from-s.
from),this.updateScaler()}updateScaler(){let e=this.scaler;return this.scaler=this.heightMap.height<=7e6?Lr:Rr.get(this.heightOracle,this.heightMap,this.viewports),
e.eq(this.scaler)?0:2}updateViewportLines(){this.viewportLines=[],this.heightMap.forEachLine(this.viewport.from,this.viewport.to,this.heightOracle.setDoc(this.state.
doc),0,0,e=>{this.viewportLines.push(Di(e,this.scaler))})}update(e,t=null){this.state=e.state;let i=this.stateDeco;this.stateDeco=Zl(this.state);let s=e.changedRanges,
r=Fe.extendWithRanges(s,yu(i,this.stateDeco,e?e.changes:ce.empty(this.state.doc.length))),o=this.heightMap.height,l=this.scrolledToBottom?null:this.scrollAnchorAt(
this.scrollOffset);Xl(),this.heightMap=this.heightMap.applyChanges(this.stateDeco,e.startState.doc,this.heightOracle.setDoc(this.state.doc),r),(this.heightMap.height!=
o||di)&&(e.flags|=2),l?(this.scrollAnchorPos=e.changes.mapPos(l.from,-1),this.scrollAnchorHeight=l.top):(this.scrollAnchorPos=-1,this.scrollAnchorHeight=o);let a=r.
length?this.mapViewport(this.viewport,e.changes):this.viewport;(t&&(t.range.head<a.from||t.range.head>a.to)||!this.viewportIsAppropriate(a))&&(a=this.getViewport(
0,t));let h=a.from!=this.viewport.from||a.to!=this.viewport.to;this.viewport=a,e.flags|=this.updateForViewport(),(h||!e.changes.empty||e.flags&2)&&this.updateViewportLines(),
(this.lineGaps.length||this.viewport.to-this.viewport.from>4e3)&&this.updateLineGaps(this.ensureLineGaps(this.mapLineGaps(this.lineGaps,e.changes))),e.flags|=this.
computeVisibleRanges(e.changes),t&&(this.scrollTarget=t),!this.mustEnforceCursorAssoc&&(e.selectionSet||e.focusChanged)&&e.view.lineWrapping&&e.state.selection.
main.empty&&e.state.selection.main.assoc&&!e.state.facet(Tf)&&(this.mustEnforceCursorAssoc=!0)}measure(){let{view:e}=this,t=e.contentDOM,i=window.getComputedStyle(
t),s=this.heightOracle,r=i.whiteSpace;this.defaultTextDirection=i.direction=="rtl"?Y.RTL:Y.LTR;let o=this.heightOracle.mustRefreshForWrapping(r)||this.mustMeasureContent===
"refresh",l=t.getBoundingClientRect(),a=o||this.mustMeasureContent||this.contentDOMHeight!=l.height;this.contentDOMHeight=l.height,this.mustMeasureContent=!1;let h=0,
c=0;if(l.width&&l.height){let{scaleX:A,scaleY:B}=ua(t,l);(A>.005&&Math.abs(this.scaleX-A)>.005||B>.005&&Math.abs(this.scaleY-B)>.005)&&(this.scaleX=A,this.scaleY=
B,h|=16,o=a=!0)}let f=(parseInt(i.paddingTop)||0)*this.scaleY,u=(parseInt(i.paddingBottom)||0)*this.scaleY;(this.paddingTop!=f||this.paddingBottom!=u)&&(this.paddingTop=
f,this.paddingBottom=u,h|=18),this.editorWidth!=e.scrollDOM.clientWidth&&(s.lineWrapping&&(a=!0),this.editorWidth=e.scrollDOM.clientWidth,h|=16);let d=da(this.view.
contentDOM,!1).y;d!=this.scrollParent&&(this.scrollParent=d,this.scrollAnchorHeight=-1,this.scrollOffset=0);let p=this.getScrollOffset();this.scrollOffset!=p&&(this.
scrollAnchorHeight=-1,this.scrollOffset=p),this.scrolledToBottom=ya(this.scrollParent||e.win);let m=(this.printing?wu:bu)(t,this.paddingTop),g=m.top-this.pixelViewport.
top,y=m.bottom-this.pixelViewport.bottom;this.pixelViewport=m;let b=this.pixelViewport.bottom>this.pixelViewport.top&&this.pixelViewport.right>this.pixelViewport.
left;if(b!=this.inView&&(this.inView=b,b&&(a=!0)),!this.inView&&!this.scrollTarget&&!xu(e.dom))return 0;let w=l.width;if((this.contentDOMWidth!=w||this.editorHeight!=
e.scrollDOM.clientHeight)&&(this.contentDOMWidth=l.width,this.editorHeight=e.scrollDOM.clientHeight,h|=16),a){let A=e.docView.measureVisibleLineHeights(this.viewport);
if(s.mustRefreshForHeights(A)&&(o=!0),o||s.lineWrapping&&Math.abs(w-this.contentDOMWidth)>s.charWidth){let{lineHeight:B,charWidth:T,textHeight:K}=e.docView.measureTextSize();
o=B>0&&s.refresh(r,B,T,K,Math.max(5,w/T),A),o&&(e.docView.minWidth=0,h|=16)}g>0&&y>0?c=Math.max(g,y):g<0&&y<0&&(c=Math.min(g,y)),Xl();for(let B of this.viewports){
let T=B.from==this.viewport.from?A:e.docView.measureVisibleLineHeights(B);this.heightMap=(o?be.empty().applyChanges(this.stateDeco,N.empty,this.heightOracle,[new Fe(
0,0,0,e.state.doc.length)]):this.heightMap).updateHeight(s,0,o,new Tr(B.from,T))}di&&(h|=2)}let O=!this.viewportIsAppropriate(this.viewport,c)||this.scrollTarget&&
(this.scrollTarget.range.head<this.viewport.from||this.scrollTarget.range.head>this.viewport.to);return O&&(h&2&&(h|=this.updateScaler()),this.viewport=this.getViewport(
c,this.scrollTarget),h|=this.updateForViewport()),(h&2||O)&&this.updateViewportLines(),(this.lineGaps.length||this.viewport.to-this.viewport.from>4e3)&&this.updateLineGaps(
this.ensureLineGaps(o?[]:this.lineGaps,e)),h|=this.computeVisibleRanges(),this.mustEnforceCursorAssoc&&(this.mustEnforceCursorAssoc=!1,e.docView.enforceCursorAssoc()),
h}get visibleTop(){return this.scaler.fromDOM(this.pixelViewport.top)}get visibleBottom(){return this.scaler.fromDOM(this.pixelViewport.bottom)}getViewport(e,t){
let i=.5-Math.max(-.5,Math.min(.5,e/1e3/2)),s=this.heightMap,r=this.heightOracle,{visibleTop:o,visibleBottom:l}=this,a=new ii(s.lineAt(o-i*1e3,U.ByHeight,r,0,0).
from,s.lineAt(l+(1-i)*1e3,U.ByHeight,r,0,0).to);if(t){let{head:h}=t.range;if(h<a.from||h>a.to){let c=Math.min(this.editorHeight,this.pixelViewport.bottom-this.pixelViewport.
top),f=s.lineAt(h,U.ByPos,r,0,0),u;t.y=="center"?u=(f.top+f.bottom)/2-c/2:t.y=="start"||t.y=="nearest"&&h<a.from?u=f.top:u=f.bottom-c,a=new ii(s.lineAt(u-1e3/2,
U.ByHeight,r,0,0).from,s.lineAt(u+c+1e3/2,U.ByHeight,r,0,0).to)}}return a}mapViewport(e,t){let i=t.mapPos(e.from,-1),s=t.mapPos(e.to,1);return new ii(this.heightMap.
lineAt(i,U.ByPos,this.heightOracle,0,0).from,this.heightMap.lineAt(s,U.ByPos,this.heightOracle,0,0).to)}viewportIsAppropriate({from:e,to:t},i=0){if(!this.inView)
return!0;let{top:s}=this.heightMap.lineAt(e,U.ByPos,this.heightOracle,0,0),{bottom:r}=this.heightMap.lineAt(t,U.ByPos,this.heightOracle,0,0),{visibleTop:o,visibleBottom:l}=this;
return(e==0||s<=o-Math.max(10,Math.min(-i,250)))&&(t==this.state.doc.length||r>=l+Math.max(10,Math.min(i,250)))&&s>o-2*1e3&&r<l+2*1e3}mapLineGaps(e,t){if(!e.length||
t.empty)return e;let i=[];for(let s of e)t.touchesRange(s.from,s.to)||i.push(new Ii(t.mapPos(s.from),t.mapPos(s.to),s.size,s.displaySize));return i}ensureLineGaps(e,t){
let i=this.heightOracle.lineWrapping,s=i?1e4:2e3,r=s>>1,o=s<<1;if(this.defaultTextDirection!=Y.LTR&&!i)return[];let l=[],a=(c,f,u,d)=>{if(f-c<r)return;let p=this.
state.selection.main,m=[p.from];p.empty||m.push(p.to);for(let y of m)if(y>c&&y<f){a(c,y-10,u,d),a(y+10,f,u,d);return}let g=vu(e,y=>y.from>=u.from&&y.to<=u.to&&Math.
abs(y.from-c)<r&&Math.abs(y.to-f)<r&&!m.some(b=>y.from<b&&y.to>b));if(!g){if(f<u.to&&t&&i&&t.visibleRanges.some(w=>w.from<=f&&w.to>=f)){let w=t.moveToLineBoundary(
x.cursor(f),!1,!0).head;w>c&&(f=w)}let y=this.gapSize(u,c,f,d),b=i||y<2e6?y:2e6;g=new Ii(c,f,y,b)}l.push(g)},h=c=>{if(c.length<o||c.type!=ge.Text)return;let f=ku(
c.from,c.to,this.stateDeco);if(f.total<o)return;let u=this.scrollTarget?this.scrollTarget.range.head:null,d,p;if(i){let m=s/this.heightOracle.lineLength*this.heightOracle.
lineHeight,g,y;if(u!=null){let b=Sn(f,u),w=((this.visibleBottom-this.visibleTop)/2+m)/c.height;g=b-w,y=b+w}else g=(this.visibleTop-c.top-m)/c.height,y=(this.visibleBottom-
c.top+m)/c.height;d=vn(f,g),p=vn(f,y)}else{let m=f.total*this.heightOracle.charWidth,g=s*this.heightOracle.charWidth,y=0;if(m>2e6)for(let B of e)B.from>=c.from&&
B.from<c.to&&B.size!=B.displaySize&&B.from*this.heightOracle.charWidth+y<this.pixelViewport.left&&(y=B.size-B.displaySize);let b=this.pixelViewport.left+y,w=this.
pixelViewport.right+y,O,A;if(u!=null){let B=Sn(f,u),T=((w-b)/2+g)/m;O=B-T,A=B+T}else O=(b-g)/m,A=(w+g)/m;d=vn(f,O),p=vn(f,A)}d>c.from&&a(c.from,d,c,f),p<c.to&&a(
p,c.to,c,f)};for(let c of this.viewportLines)Array.isArray(c.type)?c.type.forEach(h):h(c);return l}gapSize(e,t,i,s){let r=Sn(s,i)-Sn(s,t);return this.heightOracle.
lineWrapping?e.height*r:s.total*this.heightOracle.charWidth*r}updateLineGaps(e){Ii.same(e,this.lineGaps)||(this.lineGaps=e,this.lineGapDeco=V.set(e.map(t=>t.draw(
this,this.heightOracle.lineWrapping))))}computeVisibleRanges(e){let t=this.stateDeco;this.lineGaps.length&&(t=t.concat(this.lineGapDeco));let i=[];z.spans(t,this.
viewport.from,this.viewport.to,{span(r,o){i.push({from:r,to:o})},point(){}},20);let s=0;if(i.length!=this.visibleRanges.length)s=12;else for(let r=0;r<i.length&&
!(s&8);r++){let o=this.visibleRanges[r],l=i[r];(o.from!=l.from||o.to!=l.to)&&(s|=4,e&&e.mapPos(o.from,-1)==l.from&&e.mapPos(o.to,1)==l.to||(s|=8))}return this.visibleRanges=
i,s}lineBlockAt(e){return e>=this.viewport.from&&e<=this.viewport.to&&this.viewportLines.find(t=>t.from<=e&&t.to>=e)||Di(this.heightMap.lineAt(e,U.ByPos,this.heightOracle,
0,0),this.scaler)}lineBlockAtHeight(e){return e>=this.viewportLines[0].top&&e<=this.viewportLines[this.viewportLines.length-1].bottom&&this.viewportLines.find(t=>t.
top<=e&&t.bottom>=e)||Di(this.heightMap.lineAt(this.scaler.fromDOM(e),U.ByHeight,this.heightOracle,0,0),this.scaler)}getScrollOffset(){return this.scrollParent==
this.view.scrollDOM?this.scrollParent.scrollTop*this.scaleY:(this.scrollParent?this.scrollParent.getBoundingClientRect().top:0)-this.view.contentDOM.getBoundingClientRect().
top}scrollAnchorAt(e){let t=this.lineBlockAtHeight(e+12-this.paddingTop);return t.from>=this.viewport.from||this.viewportLines[0].top-e>200?t:this.viewportLines[0]}elementAtHeight(e){
return Di(this.heightMap.blockAt(this.scaler.fromDOM(e),this.heightOracle,0,0),this.scaler)}get docHeight(){return this.scaler.toDOM(this.heightMap.height)}get contentHeight(){
return this.docHeight+this.paddingTop+this.paddingBottom}},ii=class{constructor(e,t){this.from=e,this.to=t}};function ku(n,e,t){let i=[],s=n,r=0;return z.spans(
t,n,e,{span(){},point(o,l){o>s&&(i.push({from:s,to:o}),r+=o-s),s=l}},20),s<e&&(i.push({from:s,to:e}),r+=e-s),{total:r,ranges:i}}function vn({total:n,ranges:e},t){
if(t<=0)return e[0].from;if(t>=1)return e[e.length-1].to;let i=Math.floor(n*t);for(let s=0;;s++){let{from:r,to:o}=e[s],l=o-r;if(i<=l)return r+i;i-=l}}function Sn(n,e){
let t=0;for(let{from:i,to:s}of n.ranges){if(e<=s){t+=e-i;break}t+=s-i}return t/n.total}function vu(n,e){for(let t of n)if(e(t))return t}var Lr={toDOM(n){return n},
fromDOM(n){return n},scale:1,eq(n){return n==this}};function Zl(n){let e=n.facet(_n).filter(i=>typeof i!="function"),t=n.facet(Yr).filter(i=>typeof i!="function");
return t.length&&e.push(z.join(t)),e}var Rr=class n{constructor(e,t){this.scale=e,this.viewports=t}static get(e,t,i){let s=0,r=0,o=0,l=i.map(({from:h,to:c})=>{let f=t.
lineAt(h,U.ByPos,e,0,0).top,u=t.lineAt(c,U.ByPos,e,0,0).bottom;return s+=u-f,{from:h,to:c,top:f,bottom:u,domTop:0,domBottom:0}});if(t.height-s<10)return Lr;let a=(7e6-
s)/(t.height-s);for(let h of l)h.domTop=o+(h.top-r)*a,o=h.domBottom=h.domTop+(h.bottom-h.top),r=h.bottom;return new n(a,l)}toDOM(e){for(let t=0,i=0,s=0;;t++){let r=t<
this.viewports.length?this.viewports[t]:null;if(!r||e<r.top)return s+(e-i)*this.scale;if(e<=r.bottom)return r.domTop+(e-r.top);i=r.bottom,s=r.domBottom}}fromDOM(e){
for(let t=0,i=0,s=0;;t++){let r=t<this.viewports.length?this.viewports[t]:null;if(!r||e<r.domTop)return i+(e-s)/this.scale;if(e<=r.domBottom)return r.top+(e-r.domTop);
i=r.bottom,s=r.domBottom}}eq(e){return e instanceof n?this.scale==e.scale&&this.viewports.length==e.viewports.length&&this.viewports.every((t,i)=>t.from==e.viewports[i].
from&&t.to==e.viewports[i].to):!1}};function Di(n,e){if(e.scale==1)return n;let t=e.toDOM(n.top),i=e.toDOM(n.bottom);return new Ne(n.from,n.length,t,i-t,Array.isArray(
n._content)?n._content.map(s=>Di(s,e)):n._content)}var Cn=D.define({combine:n=>n.join(" ")}),Pr=D.define({combine:n=>n.indexOf(!0)>-1}),Ir=Ce.newName(),eh=Ce.newName(),
th=Ce.newName(),ih={"&light":"."+eh,"&dark":"."+th};function Nr(n,e,t){return new Ce(e,{finish(i){return/&/.test(i)?i.replace(/&\w*/,s=>{if(s=="&")return n;if(!t||
!t[s])throw new RangeError(`Unsupported selector: ${s}`);return t[s]}):n+" "+i}})}var Su=Nr("."+Ir,{"&":{position:"relative !important",boxSizing:"border-box","\
&.cm-focused":{outline:"1px dotted #212121"},display:"flex !important",flexDirection:"column"},".cm-scroller":{display:"flex !important",alignItems:"flex-start \
!important",fontFamily:"monospace",lineHeight:1.4,height:"100%",overflowX:"auto",position:"relative",zIndex:0,overflowAnchor:"none"},".cm-content":{margin:0,flexGrow:2,
flexShrink:0,display:"block",whiteSpace:"pre",wordWrap:"normal",boxSizing:"border-box",minHeight:"100%",padding:"4px 0",outline:"none","&[contenteditable=true]":{
WebkitUserModify:"read-write-plaintext-only"}},".cm-lineWrapping":{whiteSpace_fallback:"pre-wrap",whiteSpace:"break-spaces",wordBreak:"break-word",overflowWrap:"\
anywhere",flexShrink:1},"&light .cm-content":{caretColor:"black"},"&dark .cm-content":{caretColor:"white"},".cm-line":{display:"block",padding:"0 2px 0 6px"},".\
cm-layer":{userSelect:"none",position:"absolute",left:0,top:0,contain:"size style","& > *":{position:"absolute"}},"&light .cm-selectionBackground":{background:"\
#d9d9d9"},"&dark .cm-selectionBackground":{background:"#222"},"&light.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":{background:"#d7d4\
f0"},"&dark.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":{background:"#233"},".cm-cursorLayer":{pointerEvents:"none"},"&.cm-focused >\
 .cm-scroller > .cm-cursorLayer":{animation:"steps(1) cm-blink 1.2s infinite"},"@keyframes cm-blink":{"0%":{},"50%":{opacity:0},"100%":{}},"@keyframes cm-blink2":{
"0%":{},"50%":{opacity:0},"100%":{}},".cm-cursor, .cm-dropCursor":{borderLeft:"1.2px solid black",marginLeft:"-0.6px",pointerEvents:"none"},".cm-cursor":{display:"\
none"},"&dark .cm-cursor":{borderLeftColor:"#ddd"},".cm-selectionHandle":{backgroundColor:"currentColor",width:"1.5px"},".cm-selectionHandle-start::before, .cm-\
selectionHandle-end::before":{content:'""',backgroundColor:"inherit",borderRadius:"50%",width:"8px",height:"8px",position:"absolute",left:"-3.25px"},".cm-select\
ionHandle-start::before":{top:"-8px"},".cm-selectionHandle-end::before":{bottom:"-8px"},".cm-dropCursor":{position:"absolute"},"&.cm-focused > .cm-scroller > .c\
m-cursorLayer .cm-cursor":{display:"block"},".cm-iso":{unicodeBidi:"isolate"},".cm-announced":{position:"fixed",top:"-10000px"},"@media print":{".cm-announced":{
display:"none"}},"&light .cm-activeLine":{backgroundColor:"#cceeff44"},"&dark .cm-activeLine":{backgroundColor:"#99eeff33"},"&light .cm-specialChar":{color:"red"},
"&dark .cm-specialChar":{color:"#f78"},".cm-gutters":{flexShrink:0,display:"flex",height:"100%",boxSizing:"border-box",zIndex:200},".cm-gutters-before":{insetInlineStart:0},
".cm-gutters-after":{insetInlineEnd:0},"&light .cm-gutters":{backgroundColor:"#f5f5f5",color:"#6c6c6c",border:"0px solid #ddd","&.cm-gutters-before":{borderRightWidth:"\
1px"},"&.cm-gutters-after":{borderLeftWidth:"1px"}},"&dark .cm-gutters":{backgroundColor:"#333338",color:"#ccc"},".cm-gutter":{display:"flex !important",flexDirection:"\
column",flexShrink:0,boxSizing:"border-box",minHeight:"100%",overflow:"hidden"},".cm-gutterElement":{boxSizing:"border-box"},".cm-lineNumbers .cm-gutterElement":{
padding:"0 3px 0 5px",minWidth:"20px",textAlign:"right",whiteSpace:"nowrap"},"&light .cm-activeLineGutter":{backgroundColor:"#e2f2ff"},"&dark .cm-activeLineGutt\
er":{backgroundColor:"#222227"},".cm-panels":{boxSizing:"border-box",position:"sticky",left:0,right:0,zIndex:300},"&light .cm-panels":{backgroundColor:"#f5f5f5",
color:"black"},".cm-panels-top":{top:"0"},".cm-panels-bottom":{bottom:"0"},"&light .cm-panels-top":{borderBottom:"1px solid #ddd"},"&light .cm-panels-bottom":{borderTop:"\
1px solid #ddd"},"&dark .cm-panels":{backgroundColor:"#333338",color:"white"},".cm-dialog":{padding:"2px 19px 4px 6px",position:"relative","& label":{fontSize:"\
80%"}},".cm-dialog-close":{position:"absolute",top:"3px",right:"4px",backgroundColor:"inherit",border:"none",font:"inherit",fontSize:"14px",padding:"0"},".cm-ta\
b":{display:"inline-block",overflow:"hidden",verticalAlign:"bottom"},".cm-widgetBuffer":{verticalAlign:"baseline",height:"1em",width:0,display:"inline"},".cm-pl\
aceholder":{color:"#888",display:"inline-block",verticalAlign:"top",userSelect:"none"},".cm-highlightSpace":{background:"radial-gradient(circle at 50% 55%, #aaa\
 20%, transparent 0) no-repeat",backgroundSize:".4em",backgroundPosition:"calc(min(50%, 0px)) center"},".cm-highlightTab":{backgroundImage:`url('data:image/svg+\
xml,<svg xmlns="http://www.w3.org/2000/svg" width="200" height="20"><path stroke="%23888" stroke-width="1" fill="none" d="M1 10H196L190 5M190 15L196 10M197 4L19\
7 16"/></svg>')`,backgroundSize:"auto 100%",backgroundPosition:"right 90%",backgroundRepeat:"no-repeat"},".cm-trailingSpace":{backgroundColor:"#ff332255"},".cm-\
button":{verticalAlign:"middle",color:"inherit",fontSize:"70%",padding:".2em 1em",borderRadius:"1px"},"&light .cm-button":{backgroundImage:"linear-gradient(#eff\
1f5, #d9d9df)",border:"1px solid #888","&:active":{backgroundImage:"linear-gradient(#b4b4b4, #d0d3d6)"}},"&dark .cm-button":{backgroundImage:"linear-gradient(#3\
93939, #111)",border:"1px solid #888","&:active":{backgroundImage:"linear-gradient(#111, #333)"}},".cm-textfield":{verticalAlign:"middle",color:"inherit",fontSize:"\
70%",border:"1px solid silver",padding:".2em .5em"},"&light .cm-textfield":{backgroundColor:"white"},"&dark .cm-textfield":{border:"1px solid #555",backgroundColor:"\
inherit"}},ih),Cu={childList:!0,characterData:!0,subtree:!0,attributes:!0,characterDataOldValue:!0},Xs=M.ie&&M.ie_version<=11,Wr=class{constructor(e){this.view=
e,this.active=!1,this.editContext=null,this.selectionRange=new rr,this.selectionChanged=!1,this.delayedFlush=-1,this.resizeTimeout=-1,this.queue=[],this.delayedAndroidKey=
null,this.flushingAndroidKey=-1,this.lastChange=0,this.scrollTargets=[],this.intersection=null,this.resizeScroll=null,this.intersecting=!1,this.gapIntersection=
null,this.gaps=[],this.printQuery=null,this.parentCheck=-1,this.dom=e.contentDOM,this.observer=new MutationObserver(t=>{for(let i of t)this.queue.push(i);(M.ie&&
M.ie_version<=11||M.ios&&e.composing)&&t.some(i=>i.type=="childList"&&i.removedNodes.length||i.type=="characterData"&&i.oldValue.length>i.target.nodeValue.length)?
this.flushSoon():this.flush()}),window.EditContext&&M.android&&e.constructor.EDIT_CONTEXT!==!1&&!(M.chrome&&M.chrome_version<126)&&(this.editContext=new Fr(e),e.
state.facet(it)&&(e.contentDOM.editContext=this.editContext.editContext)),Xs&&(this.onCharData=t=>{this.queue.push({target:t.target,type:"characterData",oldValue:t.
prevValue}),this.flushSoon()}),this.onSelectionChange=this.onSelectionChange.bind(this),this.onResize=this.onResize.bind(this),this.onPrint=this.onPrint.bind(this),
this.onScroll=this.onScroll.bind(this),window.matchMedia&&(this.printQuery=window.matchMedia("print")),typeof ResizeObserver=="function"&&(this.resizeScroll=new ResizeObserver(
()=>{var t;((t=this.view.docView)===null||t===void 0?void 0:t.lastUpdate)<Date.now()-75&&this.onResize()}),this.resizeScroll.observe(e.scrollDOM)),this.addWindowListeners(
this.win=e.win),this.start(),typeof IntersectionObserver=="function"&&(this.intersection=new IntersectionObserver(t=>{this.parentCheck<0&&(this.parentCheck=setTimeout(
this.listenForScroll.bind(this),1e3)),t.length>0&&t[t.length-1].intersectionRatio>0!=this.intersecting&&(this.intersecting=!this.intersecting,this.intersecting!=
this.view.inView&&this.onScrollChanged(document.createEvent("Event")))},{threshold:[0,.001]}),this.intersection.observe(this.dom),this.gapIntersection=new IntersectionObserver(
t=>{t.length>0&&t[t.length-1].intersectionRatio>0&&this.onScrollChanged(document.createEvent("Event"))},{})),this.listenForScroll(),this.readSelectionRange()}onScrollChanged(e){
this.view.inputState.runHandlers("scroll",e),this.intersecting&&this.view.measure()}onScroll(e){this.intersecting&&this.flush(this.pendingRecords().length>0),this.
editContext&&this.view.requestMeasure(this.editContext.measureReq),this.onScrollChanged(e)}onResize(){this.resizeTimeout<0&&(this.resizeTimeout=setTimeout(()=>{
this.resizeTimeout=-1,this.view.requestMeasure()},50))}onPrint(e){(e.type=="change"||!e.type)&&!e.matches||(this.view.viewState.printing=!0,this.view.measure(),
setTimeout(()=>{this.view.viewState.printing=!1,this.view.requestMeasure()},500))}updateGaps(e){if(this.gapIntersection&&(e.length!=this.gaps.length||this.gaps.
some((t,i)=>t!=e[i]))){this.gapIntersection.disconnect();for(let t of e)this.gapIntersection.observe(t);this.gaps=e}}onSelectionChange(e){let t=this.selectionChanged;
if(!this.readSelectionRange()||this.delayedAndroidKey)return;let{view:i}=this,s=this.selectionRange;if(i.state.facet(it)?i.root.activeElement!=this.dom:!Oi(this.
dom,s))return;let r=s.anchorNode&&i.docView.tile.nearest(s.anchorNode);if(r&&r.isWidget()&&r.widget.ignoreEvent(e)){t||(this.selectionChanged=!1);return}(M.ie&&
M.ie_version<=11||M.android&&M.chrome)&&!i.state.selection.main.empty&&s.focusNode&&Bi(s.focusNode,s.focusOffset,s.anchorNode,s.anchorOffset)?this.flushSoon():this.
flush(!1)}readSelectionRange(){let{view:e}=this,t=Hi(e.root);if(!t)return!1;let i=M.safari&&e.root.nodeType==11&&e.root.activeElement==this.dom&&Au(this.view,t)||
t;if(!i||this.selectionRange.eq(i))return!1;let s=Oi(this.dom,i);return s&&!this.selectionChanged&&e.inputState.lastFocusTime>Date.now()-200&&e.inputState.lastTouchTime<
Date.now()-300&&yf(this.dom,i)?(this.view.inputState.lastFocusTime=0,e.docView.updateSelection(),!1):(this.selectionRange.setRange(i),s&&(this.selectionChanged=
!0),!0)}setSelectionRange(e,t){this.selectionRange.set(e.node,e.offset,t.node,t.offset),this.selectionChanged=!1}clearSelectionRange(){this.selectionRange.set(null,
0,null,0)}listenForScroll(){this.parentCheck=-1;let e=0,t=null;for(let i=this.dom;i;)if(re(i))!t&&e<this.scrollTargets.length&&this.scrollTargets[e]==i?e++:t||(t=
this.scrollTargets.slice(0,e)),t&&t.push(i),i=i.assignedSlot||i.parentNode;else if(i.nodeType==11)i=i.host;else break;if(e<this.scrollTargets.length&&!t&&(t=this.
scrollTargets.slice(0,e)),t){for(let i of this.scrollTargets)i.removeEventListener("scroll",this.onScroll);for(let i of this.scrollTargets=t)i.addEventListener(
"scroll",this.onScroll)}}ignore(e){if(!this.active)return e();try{return this.stop(),e()}finally{this.start(),this.clear()}}start(){this.active||(this.observer.
observe(this.dom,Cu),Xs&&this.dom.addEventListener("DOMCharacterDataModified",this.onCharData),this.active=!0)}stop(){this.active&&(this.active=!1,this.observer.
disconnect(),Xs&&this.dom.removeEventListener("DOMCharacterDataModified",this.onCharData))}clear(){this.processRecords(),this.queue.length=0,this.selectionChanged=
!1}delayAndroidKey(e,t){var i;if(!this.delayedAndroidKey){let s=()=>{let r=this.delayedAndroidKey;r&&(this.clearDelayedAndroidKey(),this.view.inputState.lastKeyCode=
r.keyCode,this.view.inputState.lastKeyTime=Date.now(),!this.flush()&&r.force&&oi(this.dom,r.key,r.keyCode))};this.flushingAndroidKey=this.view.win.requestAnimationFrame(
s)}(!this.delayedAndroidKey||e=="Enter")&&(this.delayedAndroidKey={key:e,keyCode:t,force:this.lastChange<Date.now()-50||!!(!((i=this.delayedAndroidKey)===null||
i===void 0)&&i.force)})}clearDelayedAndroidKey(){this.win.cancelAnimationFrame(this.flushingAndroidKey),this.delayedAndroidKey=null,this.flushingAndroidKey=-1}flushSoon(){
this.delayedFlush<0&&(this.delayedFlush=this.view.win.requestAnimationFrame(()=>{this.delayedFlush=-1,this.flush()}))}forceFlush(){this.delayedFlush>=0&&(this.view.
win.cancelAnimationFrame(this.delayedFlush),this.delayedFlush=-1),this.flush()}pendingRecords(){for(let e of this.observer.takeRecords())this.queue.push(e);return this.
queue}processRecords(){let e=this.pendingRecords();e.length&&(this.queue=[]);let t=-1,i=-1,s=!1;for(let r of e){let o=this.readMutation(r);o&&(o.typeOver&&(s=!0),
t==-1?{from:t,to:i}=o:(t=Math.min(o.from,t),i=Math.max(o.to,i)))}return{from:t,to:i,typeOver:s}}readChange(){let{from:e,to:t,typeOver:i}=this.processRecords(),s=this.
selectionChanged&&Oi(this.dom,this.selectionRange);if(e<0&&!s)return null;e>-1&&(this.lastChange=Date.now()),this.view.inputState.lastFocusTime=0,this.selectionChanged=
!1;let r=new kr(this.view,e,t,i);return this.view.docView.domChanged={newSel:r.newSel?r.newSel.main:null},r}flush(e=!0){if(this.delayedFlush>=0||this.delayedAndroidKey)
return!1;e&&this.readSelectionRange();let t=this.selectionChanged,i=this.readChange();if(!i)return this.view.requestMeasure(),!1;let s=this.view.state,r=$a(this.
view,i);return this.view.state==s&&(i.domChanged||t)&&this.view.update([]),r}readMutation(e){let t=this.view.docView.tile.nearest(e.target);if(!t||t.isWidget())
return null;if(t.markDirty(e.type=="attributes"),e.type=="childList"){let i=ea(t,e.previousSibling||e.target.previousSibling,-1),s=ea(t,e.nextSibling||e.target.
nextSibling,1);return{from:i?t.posAfter(i):t.posAtStart,to:s?t.posBefore(s):t.posAtEnd,typeOver:!1}}else return e.type=="characterData"?{from:t.posAtStart,to:t.
posAtEnd,typeOver:e.target.nodeValue==e.oldValue}:null}setWindow(e){e!=this.win&&(this.removeWindowListeners(this.win),this.win=e,this.addWindowListeners(this.win))}addWindowListeners(e){
e.addEventListener("resize",this.onResize),this.printQuery?this.printQuery.addEventListener?this.printQuery.addEventListener("change",this.onPrint):this.printQuery.
addListener(this.onPrint):e.addEventListener("beforeprint",this.onPrint),e.addEventListener("scroll",this.onScroll),e.document.addEventListener("selectionchange",
this.onSelectionChange)}removeWindowListeners(e){e.removeEventListener("scroll",this.onScroll),e.removeEventListener("resize",this.onResize),this.printQuery?this.
printQuery.removeEventListener?this.printQuery.removeEventListener("change",this.onPrint):this.printQuery.removeListener(this.onPrint):e.removeEventListener("be\
foreprint",this.onPrint),e.document.removeEventListener("selectionchange",this.onSelectionChange)}update(e){this.editContext&&(this.editContext.update(e),e.startState.
facet(it)!=e.state.facet(it)&&(e.view.contentDOM.editContext=e.state.facet(it)?this.editContext.editContext:null))}destroy(){var e,t,i;this.stop(),(e=this.intersection)===
null||e===void 0||e.disconnect(),(t=this.gapIntersection)===null||t===void 0||t.disconnect(),(i=this.resizeScroll)===null||i===void 0||i.disconnect();for(let s of this.
scrollTargets)s.removeEventListener("scroll",this.onScroll);this.removeWindowListeners(this.win),clearTimeout(this.parentCheck),clearTimeout(this.resizeTimeout),
this.win.cancelAnimationFrame(this.delayedFlush),this.win.cancelAnimationFrame(this.flushingAndroidKey),this.editContext&&(this.view.contentDOM.editContext=null,
this.editContext.destroy())}};function ea(n,e,t){for(;e;){let i=J.get(e);if(i&&i.parent==n)return i;let s=e.parentNode;e=s!=n.dom?s:t>0?e.nextSibling:e.previousSibling}
return null}function ta(n,e){let t=e.startContainer,i=e.startOffset,s=e.endContainer,r=e.endOffset,o=n.docView.domAtPos(n.state.selection.main.anchor,1);return Bi(
o.node,o.offset,s,r)&&([t,i,s,r]=[s,r,t,i]),{anchorNode:t,anchorOffset:i,focusNode:s,focusOffset:r}}function Au(n,e){if(e.getComposedRanges){let s=e.getComposedRanges(
n.root)[0];if(s)return ta(n,s)}let t=null;function i(s){s.preventDefault(),s.stopImmediatePropagation(),t=s.getTargetRanges()[0]}return n.contentDOM.addEventListener(
"beforeinput",i,!0),n.dom.ownerDocument.execCommand("indent"),n.contentDOM.removeEventListener("beforeinput",i,!0),t?ta(n,t):null}var Fr=class{constructor(e){this.
from=0,this.to=0,this.pendingContextChange=null,this.handlers=Object.create(null),this.composing=null,this.resetRange(e.state);let t=this.editContext=new window.
EditContext({text:e.state.doc.sliceString(this.from,this.to),selectionStart:this.toContextPos(Math.max(this.from,Math.min(this.to,e.state.selection.main.anchor))),
selectionEnd:this.toContextPos(e.state.selection.main.head)});this.handlers.textupdate=i=>{let s=e.state.selection.main,{anchor:r,head:o}=s,l=this.toEditorPos(i.
updateRangeStart),a=this.toEditorPos(i.updateRangeEnd);e.inputState.composing>=0&&!this.composing&&(this.composing={contextBase:i.updateRangeStart,editorBase:l,
drifted:!1});let h=a-l>i.text.length;l==this.from&&r<this.from?l=r:a==this.to&&r>this.to&&(a=r);let c=_a(e.state.sliceDoc(l,a),i.text,(h?s.from:s.to)-l,h?"end":
null);if(!c){let u=x.single(this.toEditorPos(i.selectionStart),this.toEditorPos(i.selectionEnd));vr(u,s)||e.dispatch({selection:u,userEvent:"select"});return}let f={
from:c.from+l,to:c.toA+l,insert:N.of(i.text.slice(c.from,c.toB).split(`
`))};if((M.mac||M.android)&&f.from==o-1&&/^\. ?$/.test(i.text)&&e.contentDOM.getAttribute("autocorrect")=="off"&&(f={from:l,to:a,insert:N.of([i.text.replace(".",
" ")])}),this.pendingContextChange=f,!e.state.readOnly){let u=this.to-this.from+(f.to-f.from+f.insert.length);Jr(e,f,x.single(this.toEditorPos(i.selectionStart,
u),this.toEditorPos(i.selectionEnd,u)))}this.pendingContextChange&&(this.revertPending(e.state),this.setSelection(e.state)),f.from<f.to&&!f.insert.length&&e.inputState.
composing>=0&&!/[\\p{Alphabetic}\\p{Number}_]/.test(t.text.slice(Math.max(0,i.updateRangeStart-1),Math.min(t.text.length,i.updateRangeStart+1)))&&this.handlers.
compositionend(i)},this.handlers.characterboundsupdate=i=>{let s=[],r=null;for(let o=this.toEditorPos(i.rangeStart),l=this.toEditorPos(i.rangeEnd);o<l;o++){let a=e.
coordsForChar(o);r=a&&new DOMRect(a.left,a.top,a.right-a.left,a.bottom-a.top)||r||new DOMRect,s.push(r)}t.updateCharacterBounds(i.rangeStart,s)},this.handlers.textformatupdate=
i=>{let s=[];for(let r of i.getTextFormats()){let o=r.underlineStyle,l=r.underlineThickness;if(!/none/i.test(o)&&!/none/i.test(l)){let a=this.toEditorPos(r.rangeStart),
h=this.toEditorPos(r.rangeEnd);if(a<h){let c=`text-decoration: underline ${/^[a-z]/.test(o)?o+" ":o=="Dashed"?"dashed ":o=="Squiggle"?"wavy ":""}${/thin/i.test(
l)?1:2}px`;s.push(V.mark({attributes:{style:c}}).range(a,h))}}}e.dispatch({effects:Ra.of(V.set(s))})},this.handlers.compositionstart=()=>{e.inputState.composing<
0&&(e.inputState.composing=0,e.inputState.compositionFirstChange=!0)},this.handlers.compositionend=()=>{if(e.inputState.composing=-1,e.inputState.compositionFirstChange=
null,this.composing){let{drifted:i}=this.composing;this.composing=null,i&&this.reset(e.state)}};for(let i in this.handlers)t.addEventListener(i,this.handlers[i]);
this.measureReq={read:i=>{let s=Hi(i.root);s&&s.rangeCount&&this.editContext.updateSelectionBounds(s.getRangeAt(0).getBoundingClientRect())}}}applyEdits(e){let t=0,
i=!1,s=this.pendingContextChange;return e.changes.iterChanges((r,o,l,a,h)=>{if(i)return;let c=h.length-(o-r);if(s&&o>=s.to)if(s.from==r&&s.to==o&&s.insert.eq(h)){
s=this.pendingContextChange=null,t+=c,this.to+=c;return}else s=null,this.revertPending(e.state);if(r+=t,o+=t,o<=this.from)this.from+=c,this.to+=c;else if(r<this.
to){if(r<this.from||o>this.to||this.to-this.from+h.length>3e4){i=!0;return}this.editContext.updateText(this.toContextPos(r),this.toContextPos(o),h.toString()),this.
to+=c}t+=c}),s&&!i&&this.revertPending(e.state),!i}update(e){let t=this.pendingContextChange,i=e.startState.selection.main;this.composing&&(this.composing.drifted||
!e.changes.touchesRange(i.from,i.to)&&e.transactions.some(s=>!s.isUserEvent("input.type")&&s.changes.touchesRange(this.from,this.to)))?(this.composing.drifted=!0,
this.composing.editorBase=e.changes.mapPos(this.composing.editorBase)):!this.applyEdits(e)||!this.rangeIsValid(e.state)?(this.pendingContextChange=null,this.reset(
e.state)):(e.docChanged||e.selectionSet||t)&&this.setSelection(e.state),(e.geometryChanged||e.docChanged||e.selectionSet)&&e.view.requestMeasure(this.measureReq)}resetRange(e){
let{head:t}=e.selection.main;this.from=Math.max(0,t-1e4),this.to=Math.min(e.doc.length,t+1e4)}reset(e){this.resetRange(e),this.editContext.updateText(0,this.editContext.
text.length,e.doc.sliceString(this.from,this.to)),this.setSelection(e)}revertPending(e){let t=this.pendingContextChange;this.pendingContextChange=null,this.editContext.
updateText(this.toContextPos(t.from),this.toContextPos(t.from+t.insert.length),e.doc.sliceString(t.from,t.to))}setSelection(e){let{main:t}=e.selection,i=this.toContextPos(
Math.max(this.from,Math.min(this.to,t.anchor))),s=this.toContextPos(t.head);(this.editContext.selectionStart!=i||this.editContext.selectionEnd!=s)&&this.editContext.
updateSelection(i,s)}rangeIsValid(e){let{head:t}=e.selection.main;return!(this.from>0&&t-this.from<500||this.to<e.doc.length&&this.to-t<500||this.to-this.from>1e4*
3)}toEditorPos(e,t=this.to-this.from){e=Math.min(e,t);let i=this.composing;return i&&i.drifted?i.editorBase+(e-i.contextBase):e+this.from}toContextPos(e){let t=this.
composing;return t&&t.drifted?t.contextBase+(e-t.editorBase):e-this.from}destroy(){for(let e in this.handlers)this.editContext.removeEventListener(e,this.handlers[e])}},
E=class n{get state(){return this.viewState.state}get viewport(){return this.viewState.viewport}get visibleRanges(){return this.viewState.visibleRanges}get inView(){
return this.viewState.inView}get composing(){return!!this.inputState&&this.inputState.composing>0}get compositionStarted(){return!!this.inputState&&this.inputState.
composing>=0}get root(){return this._root}get win(){return this.dom.ownerDocument.defaultView||window}constructor(e={}){var t;this.plugins=[],this.pluginMap=new Map,
this.editorAttrs={},this.contentAttrs={},this.bidiCache=[],this.destroyed=!1,this.updateState=2,this.measureScheduled=-1,this.measureRequests=[],this.clearAnnouncement=
-1,this.contentDOM=document.createElement("div"),this.scrollDOM=document.createElement("div"),this.scrollDOM.tabIndex=-1,this.scrollDOM.className="cm-scroller",
this.scrollDOM.appendChild(this.contentDOM),this.announceDOM=document.createElement("div"),this.announceDOM.className="cm-announced",this.announceDOM.setAttribute(
"aria-live","polite"),this.dom=document.createElement("div"),this.dom.appendChild(this.announceDOM),this.dom.appendChild(this.scrollDOM),e.parent&&e.parent.appendChild(
this.dom);let{dispatch:i}=e;this.dispatchTransactions=e.dispatchTransactions||i&&(s=>s.forEach(r=>i(r,this)))||(s=>this.update(s)),this.dispatch=this.dispatch.bind(
this),this._root=e.root||gf(e.parent)||document,this.viewState=new Vn(this,e.state||$.create(e)),e.scrollTo&&e.scrollTo.is(xn)&&(this.viewState.scrollTarget=e.scrollTo.
value.clip(this.viewState.state)),this.plugins=this.state.facet(ti).map(s=>new Li(s));for(let s of this.plugins)s.update(this);this.observer=new Wr(this),this.inputState=
new Sr(this),this.inputState.ensureHandlers(this.plugins),this.docView=new Nn(this),this.mountStyles(),this.updateAttrs(),this.updateState=0,this.requestMeasure(),
!((t=document.fonts)===null||t===void 0)&&t.ready&&document.fonts.ready.then(()=>{this.viewState.mustMeasureContent="refresh",this.requestMeasure()})}dispatch(...e){
let t=e.length==1&&e[0]instanceof Q?e:e.length==1&&Array.isArray(e[0])?e[0]:[this.state.update(...e)];this.dispatchTransactions(t,this)}update(e){if(this.updateState!=
0)throw new Error("Calls to EditorView.update are not allowed while an update is in progress");let t=!1,i=!1,s,r=this.state;for(let u of e){if(u.startState!=r)throw new RangeError(
"Trying to update state with a transaction that doesn't start from the previous state.");r=u.state}if(this.destroyed){this.viewState.state=r;return}let o=this.hasFocus,
l=0,a=null;e.some(u=>u.annotation(Xa))?(this.inputState.notifiedFocused=o,l=1):o!=this.inputState.notifiedFocused&&(this.inputState.notifiedFocused=o,a=Qa(r,o),
a||(l=1));let h=this.observer.delayedAndroidKey,c=null;if(h?(this.observer.clearDelayedAndroidKey(),c=this.observer.readChange(),(c&&!this.state.doc.eq(r.doc)||
!this.state.selection.eq(r.selection))&&(c=null)):this.observer.clear(),r.facet($.phrases)!=this.state.facet($.phrases))return this.setState(r);s=Pn.create(this,
r,e),s.flags|=l;let f=this.viewState.scrollTarget;try{this.updateState=2;for(let u of e){if(f&&(f=f.map(u.changes)),u.scrollIntoView){let{main:d}=u.state.selection,
{x:p,y:m}=this.state.facet(n.cursorScrollMargin);f=new Ei(d.empty?d:x.cursor(d.head,d.head>d.anchor?-1:1),"nearest","nearest",m,p)}for(let d of u.effects)d.is(xn)&&
(f=d.value.clip(this.state))}this.viewState.update(s,f),this.bidiCache=zn.update(this.bidiCache,s.changes),s.empty||(this.updatePlugins(s),this.inputState.update(
s)),t=this.docView.update(s),this.state.facet(Ti)!=this.styleModules&&this.mountStyles(),i=this.updateAttrs(),this.showAnnouncements(e),this.docView.updateSelection(
t,e.some(u=>u.isUserEvent("select.pointer")))}finally{this.updateState=0}if(s.startState.facet(Cn)!=s.state.facet(Cn)&&(this.viewState.mustMeasureContent=!0),(t||
i||f||this.viewState.mustEnforceCursorAssoc||this.viewState.mustMeasureContent)&&this.requestMeasure(),t&&this.docViewUpdate(),!s.empty)for(let u of this.state.
facet(hr))try{u(s)}catch(d){We(this.state,d,"update listener")}(a||c)&&Promise.resolve().then(()=>{a&&this.state==a.startState&&this.dispatch(a),c&&!$a(this,c)&&
h.force&&oi(this.contentDOM,h.key,h.keyCode)})}setState(e){if(this.updateState!=0)throw new Error("Calls to EditorView.setState are not allowed while an update \
is in progress");if(this.destroyed){this.viewState.state=e;return}this.updateState=2;let t=this.hasFocus;try{for(let i of this.plugins)i.destroy(this);this.viewState=
new Vn(this,e),this.plugins=e.facet(ti).map(i=>new Li(i)),this.pluginMap.clear();for(let i of this.plugins)i.update(this);this.docView.destroy(),this.docView=new Nn(
this),this.inputState.ensureHandlers(this.plugins),this.mountStyles(),this.updateAttrs(),this.bidiCache=[]}finally{this.updateState=0}t&&this.focus(),this.requestMeasure()}updatePlugins(e){
let t=e.startState.facet(ti),i=e.state.facet(ti);if(t!=i){let s=[];for(let r of i){let o=t.indexOf(r);if(o<0)s.push(new Li(r));else{let l=this.plugins[o];l.mustUpdate=
e,s.push(l)}}for(let r of this.plugins)r.mustUpdate!=e&&r.destroy(this);this.plugins=s,this.pluginMap.clear()}else for(let s of this.plugins)s.mustUpdate=e;for(let s=0;s<
this.plugins.length;s++)this.plugins[s].update(this);t!=i&&this.inputState.ensureHandlers(this.plugins)}docViewUpdate(){for(let e of this.plugins){let t=e.value;
if(t&&t.docViewUpdate)try{t.docViewUpdate(this)}catch(i){We(this.state,i,"doc view update listener")}}}measure(e=!0){if(this.destroyed)return;if(this.measureScheduled>
-1&&this.win.cancelAnimationFrame(this.measureScheduled),this.observer.delayedAndroidKey){this.measureScheduled=-1,this.requestMeasure();return}this.measureScheduled=
0,e&&this.observer.forceFlush();let t=null,i=this.viewState.scrollParent,s=this.viewState.getScrollOffset(),{scrollAnchorPos:r,scrollAnchorHeight:o,scaleY:l}=this.
viewState;Math.abs(s-this.viewState.scrollOffset)>1&&(o=-1),this.viewState.scrollAnchorHeight=-1;try{for(let a=0;;a++){if(o<0){if(ya(i||this.win))r=-1,o=this.viewState.
heightMap.height/this.viewState.scaleY;else{let p=this.viewState.scrollAnchorAt(s);r=p.from,o=p.top}l=this.viewState.scaleY}this.updateState=1;let h=this.viewState.
measure();if(!h&&!this.measureRequests.length&&this.viewState.scrollTarget==null)break;if(a>5){console.warn(this.measureRequests.length?"Measure loop restarted \
more than 5 times":"Viewport failed to stabilize");break}let c=[];h&4||([this.measureRequests,c]=[c,this.measureRequests]);let f=c.map(p=>{try{return p.read(this)}catch(m){
return We(this.state,m),ia}}),u=Pn.create(this,this.state,[]),d=!1;u.flags|=h,t?t.flags|=h:t=u,this.updateState=2,u.empty||(this.updatePlugins(u),this.inputState.
update(u),this.updateAttrs(),d=this.docView.update(u),d&&this.docViewUpdate());for(let p=0;p<c.length;p++)if(f[p]!=ia)try{let m=c[p];m.write&&m.write(f[p],this)}catch(m){
We(this.state,m)}if(d&&this.docView.updateSelection(!0),!u.viewportChanged&&this.measureRequests.length==0){if(this.viewState.editorHeight)if(this.viewState.scrollTarget){
this.docView.scrollIntoView(this.viewState.scrollTarget),this.viewState.scrollTarget=null,o=-1;continue}else{let m=(r<0?this.viewState.heightMap.height:this.viewState.
lineBlockAt(r).top)/this.viewState.scaleY-o/l;if((m>1||m<-1)&&!(M.ios&&this.inputState.lastIOSMomentumScroll>Date.now()-100)&&(i==this.scrollDOM||this.hasFocus||
Math.max(this.inputState.lastWheelEvent,this.inputState.lastTouchTime)>Date.now()-100)){s=s+m,i?r<0?i.scrollTop=i.scrollHeight:i.scrollTop+=m:this.win.scrollBy(
0,m),o=-1;continue}}break}}}finally{this.updateState=0,this.measureScheduled=-1}if(t&&!t.empty)for(let a of this.state.facet(hr))a(t)}get themeClasses(){return Ir+
" "+(this.state.facet(Pr)?th:eh)+" "+this.state.facet(Cn)}updateAttrs(){let e=na(this,Pa,{class:"cm-editor"+(this.hasFocus?" cm-focused ":" ")+this.themeClasses}),
t={spellcheck:"false",autocorrect:"off",autocapitalize:"off",writingsuggestions:"false",translate:"no",contenteditable:this.state.facet(it)?"true":"false",class:"\
cm-content",style:`${M.tabSize}: ${this.state.tabSize}`,role:"textbox","aria-multiline":"true"};this.state.readOnly&&(t["aria-readonly"]="true"),na(this,Gr,t);let i=this.
observer.ignore(()=>{let s=Nl(this.contentDOM,this.contentAttrs,t),r=Nl(this.dom,this.editorAttrs,e);return s||r});return this.editorAttrs=e,this.contentAttrs=t,
i}showAnnouncements(e){let t=!0;for(let i of e)for(let s of i.effects)if(s.is(n.announce)){t&&(this.announceDOM.textContent="",this.win.clearTimeout(this.clearAnnouncement),
this.clearAnnouncement=this.win.setTimeout(()=>{this.announceDOM.textContent="\xA0"},200),t=!1);let r=this.announceDOM.appendChild(document.createElement("div"));
r.textContent=s.value}}mountStyles(){this.styleModules=this.state.facet(Ti);let e=this.state.facet(n.cspNonce);Ce.mount(this.root,this.styleModules.concat(Su).reverse(),
e?{nonce:e}:void 0)}readMeasured(){if(this.updateState==2)throw new Error("Reading the editor layout isn't allowed during an update");this.updateState==0&&this.
measureScheduled>-1&&this.measure(!1)}requestMeasure(e){if(this.measureScheduled<0&&(this.measureScheduled=this.win.requestAnimationFrame(()=>this.measure())),e){
if(this.measureRequests.indexOf(e)>-1)return;if(e.key!=null){for(let t=0;t<this.measureRequests.length;t++)if(this.measureRequests[t].key===e.key){this.measureRequests[t]=
e;return}}this.measureRequests.push(e)}}plugin(e){let t=this.pluginMap.get(e);return(t===void 0||t&&t.plugin!=e)&&this.pluginMap.set(e,t=this.plugins.find(i=>i.
plugin==e)||null),t&&t.update(this).value}get documentTop(){return this.contentDOM.getBoundingClientRect().top+this.viewState.paddingTop}get documentPadding(){return{
top:this.viewState.paddingTop,bottom:this.viewState.paddingBottom}}get scaleX(){return this.viewState.scaleX}get scaleY(){return this.viewState.scaleY}elementAtHeight(e){
return this.readMeasured(),this.viewState.elementAtHeight(e)}lineBlockAtHeight(e){return this.readMeasured(),this.viewState.lineBlockAtHeight(e)}get viewportLineBlocks(){
return this.viewState.viewportLines}lineBlockAt(e){return this.viewState.lineBlockAt(e)}get contentHeight(){return this.viewState.contentHeight}moveByChar(e,t,i){
return Js(this,e,Kl(this,e,t,i))}moveByGroup(e,t){return Js(this,e,Kl(this,e,t,i=>Uf(this,e.head,i)))}visualLineSide(e,t){return t?x.cursor(e.to,1):x.cursor(e.from,
-1)}moveToLineBoundary(e,t,i=!0){return jf(this,e,t,i)}moveVertically(e,t,i){return Js(this,e,Gf(this,e,t,i))}domAtPos(e,t=1){return this.docView.domAtPos(e,t)}posAtDOM(e,t=0){
return this.docView.posFromDOM(e,t)}posAtCoords(e,t=!0){this.readMeasured();let i=br(this,e,t);return i&&i.pos}posAndSideAtCoords(e,t=!0){return this.readMeasured(),
br(this,e,t)}coordsAtPos(e,t=1){this.readMeasured();let i=this.state.doc.lineAt(e),s=this.bidiSpans(i),r=s[Te.find(s,e-i.from,-1,t)];return i.length&&(e==i.from&&
t<0||e==i.to&&t>0)&&r.dir!=this.textDirectionAt(i.from)&&(e==i.to?(e=i.from+r.from,t=1):(e=i.from+r.to,t=-1)),this.docView.coordsAt(e,t,r.dir==Y.RTL)}coordsForChar(e){
return this.readMeasured(),this.docView.coordsForChar(e)}get defaultCharacterWidth(){return this.viewState.heightOracle.charWidth}get defaultLineHeight(){return this.
viewState.heightOracle.lineHeight}get textDirection(){return this.viewState.defaultTextDirection}textDirectionAt(e){return!this.state.facet(Ea)||e<this.viewport.
from||e>this.viewport.to?this.textDirection:(this.readMeasured(),this.docView.textDirectionAt(e))}get lineWrapping(){return this.viewState.heightOracle.lineWrapping}bidiSpans(e){
if(e.length>Mu)return Sa(e.length);let t=this.textDirectionAt(e.from),i;for(let r of this.bidiCache)if(r.from==e.from&&r.dir==t&&(r.fresh||va(r.isolates,i=Hl(this,
e))))return r.order;i||(i=Hl(this,e));let s=Cf(e.text,t,i);return this.bidiCache.push(new zn(e.from,e.to,t,i,!0,s)),s}get hasFocus(){var e;return(this.dom.ownerDocument.
hasFocus()||M.safari&&((e=this.inputState)===null||e===void 0?void 0:e.lastContextMenu)>Date.now()-3e4)&&this.root.activeElement==this.contentDOM}focus(){this.observer.
ignore(()=>{ga(this.contentDOM),this.docView.updateSelection()})}setRoot(e){this._root!=e&&(this._root=e,this.observer.setWindow((e.nodeType==9?e:e.ownerDocument).
defaultView||window),this.mountStyles())}destroy(){this.root.activeElement==this.contentDOM&&this.contentDOM.blur();for(let e of this.plugins)e.destroy(this);this.
plugins=[],this.inputState.destroy(),this.docView.destroy(),this.dom.remove(),this.observer.destroy(),this.win.clearTimeout(this.clearAnnouncement),this.measureScheduled>
-1&&this.win.cancelAnimationFrame(this.measureScheduled),this.destroyed=!0}static scrollIntoView(e,t={}){var i,s,r,o;return xn.of(new Ei(typeof e=="number"?x.cursor(
e):e,(i=t.y)!==null&&i!==void 0?i:"nearest",(s=t.x)!==null&&s!==void 0?s:"nearest",(r=t.yMargin)!==null&&r!==void 0?r:5,(o=t.xMargin)!==null&&o!==void 0?o:5))}scrollSnapshot(){
let{scrollTop:e,scrollLeft:t}=this.scrollDOM,i=this.viewState.scrollAnchorAt(e);return xn.of(new Ei(x.cursor(i.from),"start","start",i.top-e,t,!0))}setTabFocusMode(e){
e==null?this.inputState.tabFocusMode=this.inputState.tabFocusMode<0?0:-1:typeof e=="boolean"?this.inputState.tabFocusMode=e?0:-1:this.inputState.tabFocusMode!=0&&
(this.inputState.tabFocusMode=Date.now()+e)}static domEventHandlers(e){return De.define(()=>({}),{eventHandlers:e})}static domEventObservers(e){return De.define(
()=>({}),{eventObservers:e})}static theme(e,t){let i=Ce.newName(),s=[Cn.of(i),Ti.of(Nr(`.${i}`,e))];return t&&t.dark&&s.push(Pr.of(!0)),s}static baseTheme(e){return et.
lowest(Ti.of(Nr("."+Ir,e,ih)))}static findFromDOM(e){var t;let i=e.querySelector(".cm-content"),s=i&&J.get(i)||J.get(e);return((t=s?.root)===null||t===void 0?void 0:
t.view)||null}};E.styleModule=Ti;E.inputHandler=Oa;E.clipboardInputFilter=jr;E.clipboardOutputFilter=Ur;E.scrollHandler=La;E.focusChangeEffect=Ba;E.perLineTextDirection=
Ea;E.exceptionSink=Da;E.updateListener=hr;E.editable=it;E.mouseSelectionStyle=Ta;E.dragMovesSelection=Ma;E.clickAddsSelectionRange=Aa;E.decorations=_n;E.blockWrappers=
Ia;E.outerDecorations=Yr;E.atomicRanges=Ki;E.bidiIsolatedRanges=Na;E.cursorScrollMargin=D.define({combine:n=>{let e=5,t=5;for(let i of n)typeof i=="number"?e=t=
i:{x:e,y:t}=i;return{x:e,y:t}}});E.scrollMargins=Fa;E.darkTheme=Pr;E.cspNonce=D.define({combine:n=>n.length?n[0]:""});E.contentAttributes=Gr;E.editorAttributes=
Pa;E.lineWrapping=E.contentAttributes.of({class:"cm-lineWrapping"});E.announce=W.define();var Mu=4096,ia={},zn=class n{constructor(e,t,i,s,r,o){this.from=e,this.
to=t,this.dir=i,this.isolates=s,this.fresh=r,this.order=o}static update(e,t){if(t.empty&&!e.some(r=>r.fresh))return e;let i=[],s=e.length?e[e.length-1].dir:Y.LTR;
for(let r=Math.max(0,e.length-10);r<e.length;r++){let o=e[r];o.dir==s&&!t.touchesRange(o.from,o.to)&&i.push(new n(t.mapPos(o.from,1),t.mapPos(o.to,-1),o.dir,o.isolates,
!1,o.order))}return i}};function na(n,e,t){for(let i=n.state.facet(e),s=i.length-1;s>=0;s--){let r=i[s],o=typeof r=="function"?r(n):r;o&&qr(o,t)}return t}var Tu=M.
mac?"mac":M.windows?"win":M.linux?"linux":"key";function Du(n,e){let t=n.split(/-(?!$)/),i=t[t.length-1];i=="Space"&&(i=" ");let s,r,o,l;for(let a=0;a<t.length-
1;++a){let h=t[a];if(/^(cmd|meta|m)$/i.test(h))l=!0;else if(/^a(lt)?$/i.test(h))s=!0;else if(/^(c|ctrl|control)$/i.test(h))r=!0;else if(/^s(hift)?$/i.test(h))o=
!0;else if(/^mod$/i.test(h))e=="mac"?l=!0:r=!0;else throw new Error("Unrecognized modifier name: "+h)}return s&&(i="Alt-"+i),r&&(i="Ctrl-"+i),l&&(i="Meta-"+i),o&&
(i="Shift-"+i),i}function An(n,e,t){return e.altKey&&(n="Alt-"+n),e.ctrlKey&&(n="Ctrl-"+n),e.metaKey&&(n="Meta-"+n),t!==!1&&e.shiftKey&&(n="Shift-"+n),n}var Ou=et.
default(E.domEventHandlers({keydown(n,e){return rh(nh(e.state),n,e,"editor")}})),Xr=D.define({enables:Ou}),sa=new WeakMap;function nh(n){let e=n.facet(Xr),t=sa.
get(e);return t||sa.set(e,t=Eu(e.reduce((i,s)=>i.concat(s),[]))),t}function sh(n,e,t){return rh(nh(n.state),e,n,t)}var ut=null,Bu=4e3;function Eu(n,e=Tu){let t=Object.
create(null),i=Object.create(null),s=(o,l)=>{let a=i[o];if(a==null)i[o]=l;else if(a!=l)throw new Error("Key binding "+o+" is used both as a regular binding and \
as a multi-stroke prefix")},r=(o,l,a,h,c)=>{var f,u;let d=t[o]||(t[o]=Object.create(null)),p=l.split(/ (?!$)/).map(y=>Du(y,e));for(let y=1;y<p.length;y++){let b=p.
slice(0,y).join(" ");s(b,!0),d[b]||(d[b]={preventDefault:!0,stopPropagation:!1,run:[w=>{let O=ut={view:w,prefix:b,scope:o};return setTimeout(()=>{ut==O&&(ut=null)},
Bu),!0}]})}let m=p.join(" ");s(m,!1);let g=d[m]||(d[m]={preventDefault:!1,stopPropagation:!1,run:((u=(f=d._any)===null||f===void 0?void 0:f.run)===null||u===void 0?
void 0:u.slice())||[]});a&&g.run.push(a),h&&(g.preventDefault=!0),c&&(g.stopPropagation=!0)};for(let o of n){let l=o.scope?o.scope.split(" "):["editor"];if(o.any)
for(let h of l){let c=t[h]||(t[h]=Object.create(null));c._any||(c._any={preventDefault:!1,stopPropagation:!1,run:[]});let{any:f}=o;for(let u in c)c[u].run.push(
d=>f(d,Hr))}let a=o[e]||o.key;if(a)for(let h of l)r(h,a,o.run,o.preventDefault,o.stopPropagation),o.shift&&r(h,"Shift-"+a,o.shift,o.preventDefault,o.stopPropagation)}
return t}var Hr=null;function rh(n,e,t,i){Hr=e;let s=El(e),r=gn(s,0),o=yn(r)==s.length&&s!=" ",l="",a=!1,h=!1,c=!1;ut&&ut.view==t&&ut.scope==i&&(l=ut.prefix+" ",
Ua.indexOf(e.keyCode)<0&&(h=!0,ut=null));let f=new Set,u=g=>{if(g){for(let y of g.run)if(!f.has(y)&&(f.add(y),y(t)))return g.stopPropagation&&(c=!0),!0;g.preventDefault&&
(g.stopPropagation&&(c=!0),h=!0)}return!1},d=n[i],p,m;return d&&(u(d[l+An(s,e,!o)])?a=!0:o&&(e.altKey||e.metaKey||e.ctrlKey)&&!(M.windows&&e.ctrlKey&&e.altKey)&&
!(M.mac&&e.altKey&&!(e.ctrlKey||e.metaKey))&&(p=tt[e.keyCode])&&p!=s?(u(d[l+An(p,e,!0)])||e.shiftKey&&(m=Zt[e.keyCode])!=s&&m!=p&&u(d[l+An(m,e,!1)]))&&(a=!0):o&&
e.shiftKey&&u(d[l+An(s,e,!0)])&&(a=!0),!a&&u(d._any)&&(a=!0)),h&&(a=!0),a&&c&&e.stopPropagation(),Hr=null,a}var ra=!M.ios;var Lu=M.gecko&&M.gecko_version==153?"#ffffff01":"transparent",$p=et.highest(E.theme({".cm-line":{...ra?{"& ::selection, &::selection":{backgroundColor:`${Lu} !\
important`}}:{},caretColor:"transparent !important"},".cm-content":{caretColor:"transparent !important","& :focus":{caretColor:"initial !important",...ra?{"&::s\
election, & ::selection":{backgroundColor:"Highlight !important"}}:{}}}}));var _p=/x/.unicode!=null?"gu":"g";var oa=D.define({combine(n){let e,t;for(let i of n)e=e||i.topContainer,t=t||i.bottomContainer;return{topContainer:e,bottomContainer:t}}});function Un(n,e){let t=n.plugin(oh),i=t?t.specs.indexOf(e):-1;return i>-1?t.panels[i]:null}var oh=De.fromClass(class{constructor(n){this.input=n.state.facet(zi),
this.specs=this.input.filter(t=>t),this.panels=this.specs.map(t=>t(n));let e=n.state.facet(oa);this.top=new ni(n,!0,e.topContainer),this.bottom=new ni(n,!1,e.bottomContainer),
this.top.sync(this.panels.filter(t=>t.top)),this.bottom.sync(this.panels.filter(t=>!t.top));for(let t of this.panels)t.dom.classList.add("cm-panel"),t.mount&&t.
mount()}update(n){let e=n.state.facet(oa);this.top.container!=e.topContainer&&(this.top.sync([]),this.top=new ni(n.view,!0,e.topContainer)),this.bottom.container!=
e.bottomContainer&&(this.bottom.sync([]),this.bottom=new ni(n.view,!1,e.bottomContainer)),this.top.syncClasses(),this.bottom.syncClasses();let t=n.state.facet(zi);
if(t!=this.input){let i=t.filter(a=>a),s=[],r=[],o=[],l=[];for(let a of i){let h=this.specs.indexOf(a),c;h<0?(c=a(n.view),l.push(c)):(c=this.panels[h],c.update&&
c.update(n)),s.push(c),(c.top?r:o).push(c)}this.specs=i,this.panels=s,this.top.sync(r),this.bottom.sync(o);for(let a of l)a.dom.classList.add("cm-panel"),a.mount&&
a.mount()}else for(let i of this.panels)i.update&&i.update(n)}destroy(){this.top.sync([]),this.bottom.sync([])}},{provide:n=>E.scrollMargins.of(e=>{let t=e.plugin(
n);return t&&{top:t.top.scrollMargin(),bottom:t.bottom.scrollMargin()}})}),ni=class{constructor(e,t,i){this.view=e,this.top=t,this.container=i,this.dom=void 0,this.
classes="",this.panels=[],this.syncClasses()}sync(e){for(let t of this.panels)t.destroy&&e.indexOf(t)<0&&t.destroy();this.panels=e,this.syncDOM()}syncDOM(){if(this.
panels.length==0){this.dom&&(this.dom.remove(),this.dom=void 0);return}if(!this.dom){this.dom=document.createElement("div"),this.dom.className=this.top?"cm-pane\
ls cm-panels-top":"cm-panels cm-panels-bottom";let t=this.container||this.view.dom;t.insertBefore(this.dom,this.top?t.firstChild:null)}let e=this.dom.firstChild;
for(let t of this.panels)if(t.dom.parentNode==this.dom){for(;e!=t.dom;)e=la(e);e=e.nextSibling}else this.dom.insertBefore(t.dom,e);for(;e;)e=la(e)}scrollMargin(){
return!this.dom||this.container?0:Math.max(0,this.top?this.dom.getBoundingClientRect().bottom-Math.max(0,this.view.scrollDOM.getBoundingClientRect().top):Math.min(
innerHeight,this.view.scrollDOM.getBoundingClientRect().bottom)-this.dom.getBoundingClientRect().top)}syncClasses(){if(!(!this.container||this.classes==this.view.
themeClasses)){for(let e of this.classes.split(" "))e&&this.container.classList.remove(e);for(let e of(this.classes=this.view.themeClasses).split(" "))e&&this.container.
classList.add(e)}}};function la(n){let e=n.nextSibling;return n.remove(),e}var zi=D.define({enables:oh});function lh(n,e){let t,i=new Promise(o=>t=o),s=o=>Ru(o,
e,t);n.state.field(Dn,!1)?n.dispatch({effects:hh.of(s)}):n.dispatch({effects:W.appendConfig.of(Dn.init(()=>[s]))});let r=ch.of(s);return{close:r,result:i.then(o=>((n.
win.queueMicrotask||(a=>n.win.setTimeout(a,10)))(()=>{n.state.field(Dn).indexOf(s)>-1&&n.dispatch({effects:r})}),o))}}function ah(n,e){let t=n.state.field(Dn,!1)||
[];for(let i of t){let s=Un(n,i);if(s&&s.dom.classList.contains(e))return s}return null}var Dn=he.define({create(){return[]},update(n,e){for(let t of e.effects)
t.is(hh)?n=[t.value].concat(n):t.is(ch)&&(n=n.filter(i=>i!=t.value));return n},provide:n=>zi.computeN([n],e=>e.field(n))}),hh=W.define(),ch=W.define();function Ru(n,e,t){
let i=e.content?e.content(n,()=>l(null)):null;if(!i){if(i=ee("form"),e.input){let a=ee("input",e.input);/^(text|password|number|email|tel|url)$/.test(a.type)&&a.
classList.add("cm-textfield"),a.name||(a.name="input"),i.appendChild(ee("label",(e.label||"")+": ",a))}else i.appendChild(document.createTextNode(e.label||""));
i.appendChild(document.createTextNode(" ")),i.appendChild(ee("button",{class:"cm-button",type:"submit"},e.submitLabel||"OK"))}let s=i.nodeName=="FORM"?[i]:i.querySelectorAll(
"form");for(let a=0;a<s.length;a++){let h=s[a];h.addEventListener("keydown",c=>{c.keyCode==27?(c.preventDefault(),l(null)):c.keyCode==13&&(c.preventDefault(),l(
h))}),h.addEventListener("submit",c=>{c.preventDefault(),l(h)})}let r=ee("div",i,ee("button",{onclick:()=>l(null),"aria-label":n.state.phrase("close"),class:"cm\
-dialog-close",type:"button"},["\xD7"]));e.class&&(r.className=e.class),r.classList.add("cm-dialog");let o=typeof e.focus=="string"?i.querySelector(e.focus):e.focus?
i.querySelector("input")||i.querySelector("button"):null;function l(a){r.contains(r.ownerDocument.activeElement)&&n.focus(),t(a)}return{dom:r,top:e.top,mount:()=>{
o&&("select"in o?o.select():"focus"in o&&o.focus())},destroy:()=>t(null)}}var _e=class extends Ke{compare(e){return this==e||this.constructor==e.constructor&&this.
eq(e)}eq(e){return!1}destroy(e){}};_e.prototype.elementClass="";_e.prototype.toDOM=void 0;_e.prototype.mapMode=pe.TrackBefore;_e.prototype.startSide=_e.prototype.
endSide=-1;_e.prototype.point=!0;var Qs=D.define(),Pu=D.define();var On=D.define();var Vr=D.define({combine:n=>n.some(e=>e)});function Iu(n){let e=[Nu];return n&&n.fixed===!1&&e.push(Vr.of(!0)),e}var Nu=De.fromClass(class{constructor(n){this.view=
n,this.domAfter=null,this.prevViewport=n.viewport,this.dom=document.createElement("div"),this.dom.className="cm-gutters cm-gutters-before",this.dom.setAttribute(
"aria-hidden","true"),this.dom.style.minHeight=this.view.contentHeight/this.view.scaleY+"px",this.gutters=n.state.facet(On).map(e=>new Kn(n,e)),this.fixed=!n.state.
facet(Vr);for(let e of this.gutters)e.config.side=="after"?this.getDOMAfter().appendChild(e.dom):this.dom.appendChild(e.dom);this.fixed&&(this.dom.style.position=
"sticky"),this.syncGutters(!1),n.scrollDOM.insertBefore(this.dom,n.contentDOM)}getDOMAfter(){return this.domAfter||(this.domAfter=document.createElement("div"),
this.domAfter.className="cm-gutters cm-gutters-after",this.domAfter.setAttribute("aria-hidden","true"),this.domAfter.style.minHeight=this.view.contentHeight/this.
view.scaleY+"px",this.domAfter.style.position=this.fixed?"sticky":"",this.view.scrollDOM.appendChild(this.domAfter)),this.domAfter}update(n){if(this.updateGutters(
n)){let e=this.prevViewport,t=n.view.viewport,i=Math.min(e.to,t.to)-Math.max(e.from,t.from);this.syncGutters(i<(t.to-t.from)*.8)}if(n.geometryChanged){let e=this.
view.contentHeight/this.view.scaleY+"px";this.dom.style.minHeight=e,this.domAfter&&(this.domAfter.style.minHeight=e)}this.view.state.facet(Vr)!=!this.fixed&&(this.
fixed=!this.fixed,this.dom.style.position=this.fixed?"sticky":"",this.domAfter&&(this.domAfter.style.position=this.fixed?"sticky":"")),this.prevViewport=n.view.
viewport}syncGutters(n){let e=this.dom.nextSibling;n&&(this.dom.remove(),this.domAfter&&this.domAfter.remove());let t=z.iter(this.view.state.facet(Qs),this.view.
viewport.from),i=[],s=this.gutters.map(r=>new Kr(r,this.view.viewport,-this.view.documentPadding.top));for(let r of this.view.viewportLineBlocks)if(i.length&&(i=
[]),Array.isArray(r.type)){let o=!0;for(let l of r.type)if(l.type==ge.Text&&o){zr(t,i,l.from);for(let a of s)a.line(this.view,l,i);o=!1}else if(l.widget)for(let a of s)
a.widget(this.view,l)}else if(r.type==ge.Text){zr(t,i,r.from);for(let o of s)o.line(this.view,r,i)}else if(r.widget)for(let o of s)o.widget(this.view,r);for(let r of s)
r.finish();n&&(this.view.scrollDOM.insertBefore(this.dom,e),this.domAfter&&this.view.scrollDOM.appendChild(this.domAfter))}updateGutters(n){let e=n.startState.facet(
On),t=n.state.facet(On),i=n.docChanged||n.heightChanged||n.viewportChanged||!z.eq(n.startState.facet(Qs),n.state.facet(Qs),n.view.viewport.from,n.view.viewport.
to);if(e==t)for(let s of this.gutters)s.update(n)&&(i=!0);else{i=!0;let s=[];for(let r of t){let o=e.indexOf(r);o<0?s.push(new Kn(this.view,r)):(this.gutters[o].
update(n),s.push(this.gutters[o]))}for(let r of this.gutters)r.dom.remove(),s.indexOf(r)<0&&r.destroy();for(let r of s)r.config.side=="after"?this.getDOMAfter().
appendChild(r.dom):this.dom.appendChild(r.dom);this.gutters=s}return i}destroy(){for(let n of this.gutters)n.destroy();this.dom.remove(),this.domAfter&&this.domAfter.
remove()}},{provide:n=>E.scrollMargins.of(e=>{let t=e.plugin(n);if(!t||t.gutters.length==0||!t.fixed)return null;let i=t.dom.offsetWidth*e.scaleX,s=t.domAfter?t.
domAfter.offsetWidth*e.scaleX:0;return e.textDirection==Y.LTR?{left:i,right:s}:{right:i,left:s}})});function aa(n){return Array.isArray(n)?n:[n]}function zr(n,e,t){
for(;n.value&&n.from<=t;)n.from==t&&e.push(n.value),n.next()}var Kr=class{constructor(e,t,i){this.gutter=e,this.height=i,this.i=0,this.cursor=z.iter(e.markers,t.
from)}addElement(e,t,i){let{gutter:s}=this,r=(t.top-this.height)/e.scaleY,o=t.height/e.scaleY;if(this.i==s.elements.length){let l=new qn(e,o,r,i);s.elements.push(
l),s.dom.appendChild(l.dom)}else s.elements[this.i].update(e,o,r,i);this.height=t.bottom,this.i++}line(e,t,i){let s=[];zr(this.cursor,s,t.from),i.length&&(s=s.concat(
i));let r=this.gutter.config.lineMarker(e,t,s);r&&s.unshift(r);let o=this.gutter;s.length==0&&!o.config.renderEmptyElements||this.addElement(e,t,s)}widget(e,t){
let i=this.gutter.config.widgetMarker(e,t.widget,t),s=i?[i]:null;for(let r of e.state.facet(Pu)){let o=r(e,t.widget,t);o&&(s||(s=[])).push(o)}s&&this.addElement(
e,t,s)}finish(){let e=this.gutter;for(;e.elements.length>this.i;){let t=e.elements.pop();e.dom.removeChild(t.dom),t.destroy()}}},Kn=class{constructor(e,t){this.
view=e,this.config=t,this.elements=[],this.spacer=null,this.dom=document.createElement("div"),this.dom.className="cm-gutter"+(this.config.class?" "+this.config.
class:"");for(let i in t.domEventHandlers)this.dom.addEventListener(i,s=>{let r=s.target,o;if(r!=this.dom&&this.dom.contains(r)){for(;r.parentNode!=this.dom;)r=
r.parentNode;let a=r.getBoundingClientRect();o=(a.top+a.bottom)/2}else o=s.clientY;let l=e.lineBlockAtHeight(o-e.documentTop);t.domEventHandlers[i](e,l,s)&&s.preventDefault()});
this.markers=aa(t.markers(e)),t.initialSpacer&&(this.spacer=new qn(e,0,0,[t.initialSpacer(e)]),this.dom.appendChild(this.spacer.dom),this.spacer.dom.style.cssText+=
"visibility: hidden; pointer-events: none")}update(e){let t=this.markers;if(this.markers=aa(this.config.markers(e.view)),this.spacer&&this.config.updateSpacer){
let s=this.config.updateSpacer(this.spacer.markers[0],e);s!=this.spacer.markers[0]&&this.spacer.update(e.view,0,0,[s])}let i=e.view.viewport;return!z.eq(this.markers,
t,i.from,i.to)||(this.config.lineMarkerChange?this.config.lineMarkerChange(e):!1)}destroy(){for(let e of this.elements)e.destroy()}},qn=class{constructor(e,t,i,s){
this.height=-1,this.above=0,this.markers=[],this.dom=document.createElement("div"),this.dom.className="cm-gutterElement",this.update(e,t,i,s)}update(e,t,i,s){this.
height!=t&&(this.height=t,this.dom.style.height=t+"px"),this.above!=i&&(this.dom.style.marginTop=(this.above=i)?i+"px":""),Wu(this.markers,s)||this.setMarkers(e,
s)}setMarkers(e,t){let i="cm-gutterElement",s=this.dom.firstChild;for(let r=0,o=0;;){let l=o,a=r<t.length?t[r++]:null,h=!1;if(a){let c=a.elementClass;c&&(i+=" "+
c);for(let f=o;f<this.markers.length;f++)if(this.markers[f].compare(a)){l=f,h=!0;break}}else l=this.markers.length;for(;o<l;){let c=this.markers[o++];if(c.toDOM){
c.destroy(s);let f=s.nextSibling;s.remove(),s=f}}if(!a)break;a.toDOM&&(h?s=s.nextSibling:this.dom.insertBefore(a.toDOM(e),s)),h&&o++}this.dom.className=i,this.markers=
t}destroy(){this.setMarkers(null,[])}};function Wu(n,e){if(n.length!=e.length)return!1;for(let t=0;t<n.length;t++)if(!n[t].compare(e[t]))return!1;return!0}var Fu=D.
define(),Hu=D.define(),si=D.define({combine(n){return Ot(n,{formatNumber:String,domEventHandlers:{}},{domEventHandlers(e,t){let i=Object.assign({},e);for(let s in t){
let r=i[s],o=t[s];i[s]=r?(l,a,h)=>r(l,a,h)||o(l,a,h):o}return i}})}}),Ni=class extends _e{constructor(e){super(),this.number=e}eq(e){return this.number==e.number}toDOM(){
return document.createTextNode(this.number)}};function Zs(n,e){return n.state.facet(si).formatNumber(e,n.state)}var Vu=On.compute([si],n=>({class:"cm-lineNumber\
s",renderEmptyElements:!1,markers(e){return e.state.facet(Fu)},lineMarker(e,t,i){return i.some(s=>s.toDOM)?null:new Ni(Zs(e,e.state.doc.lineAt(t.from).number))},
widgetMarker:(e,t,i)=>{for(let s of e.state.facet(Hu)){let r=s(e,t,i);if(r)return r}return null},lineMarkerChange:e=>e.startState.facet(si)!=e.state.facet(si),initialSpacer(e){
return new Ni(Zs(e,ha(e.state.doc.lines)))},updateSpacer(e,t){let i=Zs(t.view,ha(t.view.state.doc.lines));return i==e.number?e:new Ni(i)},domEventHandlers:n.facet(
si).domEventHandlers,side:"before"}));function fh(n={}){return[si.of(n),Iu(),Vu]}function ha(n){let e=9;for(;e<n;)e=e*10+9;return e}var zu=0,qi=class{constructor(e,t){this.from=e,this.to=t}},F=class{constructor(e={}){this.id=zu++,this.perNode=!!e.perNode,this.deserialize=e.deserialize||(()=>{
throw new Error("This node type doesn't define a deserialize function")}),this.combine=e.combine||null}add(e){if(this.perNode)throw new RangeError("Can't add pe\
r-node props to node types");return typeof e!="function"&&(e=xe.match(e)),t=>{let i=e(t);return i===void 0?null:[this,i]}}};F.closedBy=new F({deserialize:n=>n.split(
" ")});F.openedBy=new F({deserialize:n=>n.split(" ")});F.group=new F({deserialize:n=>n.split(" ")});F.isolate=new F({deserialize:n=>{if(n&&n!="rtl"&&n!="ltr"&&n!=
"auto")throw new RangeError("Invalid value for isolate: "+n);return n||"auto"}});F.contextHash=new F({perNode:!0});F.lookAhead=new F({perNode:!0});F.mounted=new F(
{perNode:!0});var It=class{constructor(e,t,i,s=!1){this.tree=e,this.overlay=t,this.parser=i,this.bracketed=s}static get(e){return e&&e.props&&e.props[F.mounted.
id]}},Ku=Object.create(null),xe=class n{constructor(e,t,i,s=0){this.name=e,this.props=t,this.id=i,this.flags=s}static define(e){let t=e.props&&e.props.length?Object.
create(null):Ku,i=(e.top?1:0)|(e.skipped?2:0)|(e.error?4:0)|(e.name==null?8:0),s=new n(e.name||"",t,e.id,i);if(e.props){for(let r of e.props)if(Array.isArray(r)||
(r=r(s)),r){if(r[0].perNode)throw new RangeError("Can't store a per-node prop on a node type");t[r[0].id]=r[1]}}return s}prop(e){return this.props[e.id]}get isTop(){
return(this.flags&1)>0}get isSkipped(){return(this.flags&2)>0}get isError(){return(this.flags&4)>0}get isAnonymous(){return(this.flags&8)>0}is(e){if(typeof e=="\
string"){if(this.name==e)return!0;let t=this.prop(F.group);return t?t.indexOf(e)>-1:!1}return this.id==e}static match(e){let t=Object.create(null);for(let i in e)
for(let s of i.split(" "))t[s]=e[i];return i=>{for(let s=i.prop(F.group),r=-1;r<(s?s.length:0);r++){let o=t[r<0?i.name:s[r]];if(o)return o}}}};xe.none=new xe("",
Object.create(null),0,8);var Gn=new WeakMap,uh=new WeakMap,X;(function(n){n[n.ExcludeBuffers=1]="ExcludeBuffers",n[n.IncludeAnonymous=2]="IncludeAnonymous",n[n.IgnoreMounts=4]="IgnoreMo\
unts",n[n.IgnoreOverlays=8]="IgnoreOverlays",n[n.EnterBracketed=16]="EnterBracketed"})(X||(X={}));var oe=class n{constructor(e,t,i,s,r){if(this.type=e,this.children=
t,this.positions=i,this.length=s,this.props=null,r&&r.length){this.props=Object.create(null);for(let[o,l]of r)this.props[typeof o=="number"?o:o.id]=l}}toString(){
let e=It.get(this);if(e&&!e.overlay)return e.tree.toString();let t="";for(let i of this.children){let s=i.toString();s&&(t&&(t+=","),t+=s)}return this.type.name?
(/\W/.test(this.type.name)&&!this.type.isError?JSON.stringify(this.type.name):this.type.name)+(t.length?"("+t+")":""):t}cursor(e=0){return new ji(this.topNode,e)}cursorAt(e,t=0,i=0){
let s=Gn.get(this)||this.topNode,r=new ji(s);return r.moveTo(e,t),Gn.set(this,r._tree),r}get topNode(){return new je(this,0,0,null)}resolve(e,t=0){let i=$i(Gn.get(
this)||this.topNode,e,t,!1);return Gn.set(this,i),i}resolveInner(e,t=0){let i=$i(uh.get(this)||this.topNode,e,t,!0);return uh.set(this,i),i}resolveStack(e,t=0){
return qu(this,e,t)}iterate(e){let{enter:t,leave:i,from:s=0,to:r=this.length}=e,o=e.mode||0,l=(o&X.IncludeAnonymous)>0;for(let a=this.cursor(o|X.IncludeAnonymous);;){
let h=!1;if(a.from<=r&&a.to>=s&&(!l&&a.type.isAnonymous||t(a)!==!1)){if(a.firstChild())continue;h=!0}for(;h&&i&&(l||!a.type.isAnonymous)&&i(a),!a.nextSibling();){
if(!a.parent())return;h=!0}}}prop(e){return e.perNode?this.props?this.props[e.id]:void 0:this.type.prop(e)}get propValues(){let e=[];if(this.props)for(let t in this.
props)e.push([+t,this.props[t]]);return e}balance(e={}){return this.children.length<=8?this:so(xe.none,this.children,this.positions,0,this.children.length,0,this.
length,(t,i,s)=>new n(this.type,t,i,s,this.propValues),e.makeTree||((t,i,s)=>new n(xe.none,t,i,s)))}static build(e){return $u(e)}};oe.empty=new oe(xe.none,[],[],
0);var Qr=class n{constructor(e,t){this.buffer=e,this.index=t}get id(){return this.buffer[this.index-4]}get start(){return this.buffer[this.index-3]}get end(){return this.
buffer[this.index-2]}get size(){return this.buffer[this.index-1]}get pos(){return this.index}next(){this.index-=4}fork(){return new n(this.buffer,this.index)}},
gt=class n{constructor(e,t,i){this.buffer=e,this.length=t,this.set=i}get type(){return xe.none}toString(){let e=[];for(let t=0;t<this.buffer.length;)e.push(this.
childString(t)),t=this.buffer[t+3];return e.join(",")}childString(e){let t=this.buffer[e],i=this.buffer[e+3],s=this.set.types[t],r=s.name;if(/\W/.test(r)&&!s.isError&&
(r=JSON.stringify(r)),e+=4,i==e)return r;let o=[];for(;e<i;)o.push(this.childString(e)),e=this.buffer[e+3];return r+"("+o.join(",")+")"}findChild(e,t,i,s,r){let{
buffer:o}=this,l=-1;for(let a=e;a!=t&&!(mh(r,s,o[a+1],o[a+2])&&(l=a,i>0));a=o[a+3]);return l}slice(e,t,i){let s=this.buffer,r=new Uint16Array(t-e),o=0;for(let l=e,
a=0;l<t;){r[a++]=s[l++],r[a++]=s[l++]-i;let h=r[a++]=s[l++]-i;r[a++]=s[l++]-e,o=Math.max(o,h)}return new n(r,o,this.set)}};function mh(n,e,t,i){switch(n){case-2:
return t<e;case-1:return i>=e&&t<e;case 0:return t<e&&i>e;case 1:return t<=e&&i>e;case 2:return i>e;case 4:return!0}}function $i(n,e,t,i){for(var s;n.from==n.to||
(t<1?n.from>=e:n.from>e)||(t>-1?n.to<=e:n.to<e);){let o=!i&&n instanceof je&&n.index<0?null:n.parent;if(!o)return n;n=o}let r=i?0:X.IgnoreOverlays;if(i)for(let o=n,
l=o.parent;l;o=l,l=o.parent)o instanceof je&&o.index<0&&((s=l.enter(e,t,r))===null||s===void 0?void 0:s.from)!=o.from&&(n=l);for(;;){let o=n.enter(e,t,r);if(!o)
return n;n=o}}var Jn=class{cursor(e=0){return new ji(this,e)}getChild(e,t=null,i=null){let s=dh(this,e,t,i);return s.length?s[0]:null}getChildren(e,t=null,i=null){
return dh(this,e,t,i)}resolve(e,t=0){return $i(this,e,t,!1)}resolveInner(e,t=0){return $i(this,e,t,!0)}matchContext(e){return Zr(this.parent,e)}enterUnfinishedNodesBefore(e){
let t=this.childBefore(e),i=this;for(;t;){let s=t.lastChild;if(!s||s.to!=t.to)break;s.type.isError&&s.from==s.to?(i=t,t=s.prevSibling):t=s}return i}get node(){return this}get next(){
return this.parent}},je=class n extends Jn{constructor(e,t,i,s){super(),this._tree=e,this.from=t,this.index=i,this._parent=s}get type(){return this._tree.type}get name(){
return this._tree.type.name}get to(){return this.from+this._tree.length}nextChild(e,t,i,s,r=0){for(let o=this;;){for(let{children:l,positions:a}=o._tree,h=t>0?l.
length:-1;e!=h;e+=t){let c=l[e],f=a[e]+o.from,u;if(!(!(r&X.EnterBracketed&&c instanceof oe&&(u=It.get(c))&&!u.overlay&&u.bracketed&&i>=f&&i<=f+c.length)&&!mh(s,
i,f,f+c.length))){if(c instanceof gt){if(r&X.ExcludeBuffers)continue;let d=c.findChild(0,c.buffer.length,t,i-f,s);if(d>-1)return new _i(new eo(o,c,e,f),null,d)}else if(r&
X.IncludeAnonymous||!c.type.isAnonymous||no(c)){let d;if(!(r&X.IgnoreMounts)&&(d=It.get(c))&&!d.overlay)return new n(d.tree,f,e,o);let p=new n(c,f,e,o);return r&
X.IncludeAnonymous||!p.type.isAnonymous?p:p.nextChild(t<0?c.children.length-1:0,t,i,s,r)}}}if(r&X.IncludeAnonymous||!o.type.isAnonymous||(o.index>=0?e=o.index+t:
e=t<0?-1:o._parent._tree.children.length,o=o._parent,!o))return null}}get firstChild(){return this.nextChild(0,1,0,4)}get lastChild(){return this.nextChild(this.
_tree.children.length-1,-1,0,4)}childAfter(e){return this.nextChild(0,1,e,2)}childBefore(e){return this.nextChild(this._tree.children.length-1,-1,e,-2)}prop(e){
return this._tree.prop(e)}enter(e,t,i=0){let s;if(!(i&X.IgnoreOverlays)&&(s=It.get(this._tree))&&s.overlay){let r=e-this.from,o=i&X.EnterBracketed&&s.bracketed;
for(let{from:l,to:a}of s.overlay)if((t>0||o?l<=r:l<r)&&(t<0||o?a>=r:a>r))return new n(s.tree,s.overlay[0].from+this.from,-1,this)}return this.nextChild(0,1,e,t,
i)}nextSignificantParent(){let e=this;for(;e.type.isAnonymous&&e._parent;)e=e._parent;return e}get parent(){return this._parent?this._parent.nextSignificantParent():
null}get nextSibling(){return this._parent&&this.index>=0?this._parent.nextChild(this.index+1,1,0,4):null}get prevSibling(){return this._parent&&this.index>=0?this.
_parent.nextChild(this.index-1,-1,0,4):null}get tree(){return this._tree}toTree(){return this._tree}toString(){return this._tree.toString()}};function dh(n,e,t,i){
let s=n.cursor(),r=[];if(!s.firstChild())return r;if(t!=null){for(let o=!1;!o;)if(o=s.type.is(t),!s.nextSibling())return r}for(;;){if(i!=null&&s.type.is(i))return r;
if(s.type.is(e)&&r.push(s.node),!s.nextSibling())return i==null?r:[]}}function Zr(n,e,t=e.length-1){for(let i=n;t>=0;i=i.parent){if(!i)return!1;if(!i.type.isAnonymous){
if(e[t]&&e[t]!=i.name)return!1;t--}}return!0}var eo=class{constructor(e,t,i,s){this.parent=e,this.buffer=t,this.index=i,this.start=s}},_i=class n extends Jn{get name(){
return this.type.name}get from(){return this.context.start+this.context.buffer.buffer[this.index+1]}get to(){return this.context.start+this.context.buffer.buffer[this.
index+2]}constructor(e,t,i){super(),this.context=e,this._parent=t,this.index=i,this.type=e.buffer.set.types[e.buffer.buffer[i]]}child(e,t,i){let{buffer:s}=this.
context,r=s.findChild(this.index+4,s.buffer[this.index+3],e,t-this.context.start,i);return r<0?null:new n(this.context,this,r)}get firstChild(){return this.child(
1,0,4)}get lastChild(){return this.child(-1,0,4)}childAfter(e){return this.child(1,e,2)}childBefore(e){return this.child(-1,e,-2)}prop(e){return this.type.prop(
e)}enter(e,t,i=0){if(i&X.ExcludeBuffers)return null;let{buffer:s}=this.context,r=s.findChild(this.index+4,s.buffer[this.index+3],t>0?1:-1,e-this.context.start,t);
return r<0?null:new n(this.context,this,r)}get parent(){return this._parent||this.context.parent.nextSignificantParent()}externalSibling(e){return this._parent?
null:this.context.parent.nextChild(this.context.index+e,e,0,4)}get nextSibling(){let{buffer:e}=this.context,t=e.buffer[this.index+3];return t<(this._parent?e.buffer[this.
_parent.index+3]:e.buffer.length)?new n(this.context,this._parent,t):this.externalSibling(1)}get prevSibling(){let{buffer:e}=this.context,t=this._parent?this._parent.
index+4:0;return this.index==t?this.externalSibling(-1):new n(this.context,this._parent,e.findChild(t,this.index,-1,0,4))}get tree(){return null}toTree(){let e=[],
t=[],{buffer:i}=this.context,s=this.index+4,r=i.buffer[this.index+3];if(r>s){let o=i.buffer[this.index+1];e.push(i.slice(s,r,o)),t.push(0)}return new oe(this.type,
e,t,this.to-this.from)}toString(){return this.context.buffer.childString(this.index)}};function gh(n){if(!n.length)return null;let e=0,t=n[0];for(let r=1;r<n.length;r++){
let o=n[r];(o.from>t.from||o.to<t.to)&&(t=o,e=r)}let i=t instanceof je&&t.index<0?null:t.parent,s=n.slice();return i?s[e]=i:s.splice(e,1),new to(s,t)}var to=class{constructor(e,t){
this.heads=e,this.node=t}get next(){return gh(this.heads)}};function qu(n,e,t){let i=n.resolveInner(e,t),s=null;for(let r=i instanceof je?i:i.context.parent;r;r=
r.parent)if(r.index<0){let o=r.parent;(s||(s=[i])).push(o.resolve(e,t)),r=o}else{let o=It.get(r.tree);if(o&&o.overlay&&o.overlay[0].from<=e&&o.overlay[o.overlay.
length-1].to>=e){let l=new je(o.tree,o.overlay[0].from+r.from,-1,r);(s||(s=[i])).push($i(l,e,t,!1))}}return s?gh(s):i}var ji=class{get name(){return this.type.name}constructor(e,t=0){
if(this.buffer=null,this.stack=[],this.index=0,this.bufferNode=null,this.mode=t&~X.EnterBracketed,e instanceof je)this.yieldNode(e);else{this._tree=e.context.parent,
this.buffer=e.context;for(let i=e._parent;i;i=i._parent)this.stack.unshift(i.index);this.bufferNode=e,this.yieldBuf(e.index)}}yieldNode(e){return e?(this._tree=
e,this.type=e.type,this.from=e.from,this.to=e.to,!0):!1}yieldBuf(e,t){this.index=e;let{start:i,buffer:s}=this.buffer;return this.type=t||s.set.types[s.buffer[e]],
this.from=i+s.buffer[e+1],this.to=i+s.buffer[e+2],!0}yield(e){return e?e instanceof je?(this.buffer=null,this.yieldNode(e)):(this.buffer=e.context,this.yieldBuf(
e.index,e.type)):!1}toString(){return this.buffer?this.buffer.buffer.childString(this.index):this._tree.toString()}enterChild(e,t,i){if(!this.buffer)return this.
yield(this._tree.nextChild(e<0?this._tree._tree.children.length-1:0,e,t,i,this.mode));let{buffer:s}=this.buffer,r=s.findChild(this.index+4,s.buffer[this.index+3],
e,t-this.buffer.start,i);return r<0?!1:(this.stack.push(this.index),this.yieldBuf(r))}firstChild(){return this.enterChild(1,0,4)}lastChild(){return this.enterChild(
-1,0,4)}childAfter(e){return this.enterChild(1,e,2)}childBefore(e){return this.enterChild(-1,e,-2)}enter(e,t,i=this.mode){return this.buffer?i&X.ExcludeBuffers?
!1:this.enterChild(1,e,t):this.yield(this._tree.enter(e,t,i))}parent(){if(!this.buffer)return this.yieldNode(this.mode&X.IncludeAnonymous?this._tree._parent:this.
_tree.parent);if(this.stack.length)return this.yieldBuf(this.stack.pop());let e=this.mode&X.IncludeAnonymous?this.buffer.parent:this.buffer.parent.nextSignificantParent();
return this.buffer=null,this.yieldNode(e)}sibling(e){if(!this.buffer)return this._tree._parent?this.yield(this._tree.index<0?null:this._tree._parent.nextChild(this.
_tree.index+e,e,0,4,this.mode)):!1;let{buffer:t}=this.buffer,i=this.stack.length-1;if(e<0){let s=i<0?0:this.stack[i]+4;if(this.index!=s)return this.yieldBuf(t.findChild(
s,this.index,-1,0,4))}else{let s=t.buffer[this.index+3];if(s<(i<0?t.buffer.length:t.buffer[this.stack[i]+3]))return this.yieldBuf(s)}return i<0?this.yield(this.
buffer.parent.nextChild(this.buffer.index+e,e,0,4,this.mode)):!1}nextSibling(){return this.sibling(1)}prevSibling(){return this.sibling(-1)}atLastNode(e){let t,
i,{buffer:s}=this;if(s){if(e>0){if(this.index<s.buffer.buffer.length)return!1}else for(let r=0;r<this.index;r++)if(s.buffer.buffer[r+3]<this.index)return!1;({index:t,
parent:i}=s)}else({index:t,_parent:i}=this._tree);for(;i;{index:t,_parent:i}=i)if(t>-1)for(let r=t+e,o=e<0?-1:i._tree.children.length;r!=o;r+=e){let l=i._tree.children[r];
if(this.mode&X.IncludeAnonymous||l instanceof gt||!l.type.isAnonymous||no(l))return!1}return!0}move(e,t){if(t&&this.enterChild(e,0,4))return!0;for(;;){if(this.sibling(
e))return!0;if(this.atLastNode(e)||!this.parent())return!1}}next(e=!0){return this.move(1,e)}prev(e=!0){return this.move(-1,e)}moveTo(e,t=0){for(;(this.from==this.
to||(t<1?this.from>=e:this.from>e)||(t>-1?this.to<=e:this.to<e))&&this.parent(););for(;this.enterChild(1,e,t););return this}get node(){if(!this.buffer)return this.
_tree;let e=this.bufferNode,t=null,i=0;if(e&&e.context==this.buffer)e:for(let s=this.index,r=this.stack.length;r>=0;){for(let o=e;o;o=o._parent)if(o.index==s){if(s==
this.index)return o;t=o,i=r+1;break e}s=this.stack[--r]}for(let s=i;s<this.stack.length;s++)t=new _i(this.buffer,t,this.stack[s]);return this.bufferNode=new _i(
this.buffer,t,this.index)}get tree(){return this.buffer?null:this._tree._tree}iterate(e,t){for(let i=0;;){let s=!1;if(this.type.isAnonymous||e(this)!==!1){if(this.
firstChild()){i++;continue}this.type.isAnonymous||(s=!0)}for(;;){if(s&&t&&t(this),s=this.type.isAnonymous,!i)return;if(this.nextSibling())break;this.parent(),i--,
s=!0}}}matchContext(e){if(!this.buffer)return Zr(this.node.parent,e);let{buffer:t}=this.buffer,{types:i}=t.set;for(let s=e.length-1,r=this.stack.length-1;s>=0;r--){
if(r<0)return Zr(this._tree,e,s);let o=i[t.buffer[this.stack[r]]];if(!o.isAnonymous){if(e[s]&&e[s]!=o.name)return!1;s--}}return!0}};function no(n){return n.children.
some(e=>e instanceof gt||!e.type.isAnonymous||no(e))}function $u(n){var e;let{buffer:t,nodeSet:i,maxBufferLength:s=1024,reused:r=[],minRepeatType:o=i.types.length}=n,
l=Array.isArray(t)?new Qr(t,t.length):t,a=i.types,h=0,c=0;function f(A,B,T,K,P,j){let{id:R,start:L,end:q,size:G}=l,I=c,Le=h;if(G<0)if(l.next(),G==-1){let ke=r[R];
T.push(ke),K.push(L-A);return}else if(G==-3){h=R;return}else if(G==-4){c=R;return}else throw new RangeError(`Unrecognized record size: ${G}`);let kt=a[R],vt,Re,
qt=L-A;if(q-L<=s&&(Re=g(l.pos-B,P))){let ke=new Uint16Array(Re.size-Re.skip),se=l.pos-Re.size,de=ke.length;for(;l.pos>se;)de=y(Re.start,ke,de);vt=new gt(ke,q-Re.
start,i),qt=Re.start-A}else{let ke=l.pos-G;l.next();let se=[],de=[],ve=R>=o?R:-1,Pe=0,Xe=q,ot=I;for(;l.pos>ke;)ve>=0&&l.id==ve&&l.size>=0?(l.end<=Xe-s&&(p(se,de,
L,Pe,l.end,Xe,ve,ot,Le),Pe=se.length,Xe=l.end,ot=c),l.next()):j>2500?u(L,ke,se,de):(ve>=0&&l.size==-1&&r[l.id].type==i.types[ve]&&(Pe<se.length&&p(se,de,L,Pe,l.
end,Xe,ve,ot,Le),Pe=se.length+1,Xe=l.start,ot=c),f(L,ke,se,de,ve,j+1));if(ve>=0&&Pe>0&&Pe<se.length&&p(se,de,L,Pe,L,Xe,ve,ot,Le),se.reverse(),de.reverse(),ve>-1&&
Pe>0){let $t=d(kt,Le);vt=so(kt,se,de,0,se.length,0,q-L,$t,$t)}else vt=m(kt,se,de,q-L,I-q,Le)}T.push(vt),K.push(qt)}function u(A,B,T,K){let P=[],j=0,R=-1;for(;l.
pos>B;){let{id:L,start:q,end:G,size:I}=l;if(I>4)l.next();else{if(R>-1&&q<R)break;R<0&&(R=G-s),P.push(L,q,G),j++,l.next()}}if(j){let L=new Uint16Array(j*4),q=P[P.
length-2];for(let G=P.length-3,I=0;G>=0;G-=3)L[I++]=P[G],L[I++]=P[G+1]-q,L[I++]=P[G+2]-q,L[I++]=I;T.push(new gt(L,P[2]-q,i)),K.push(q-A)}}function d(A,B){return(T,K,P)=>{
let j=0,R=T.length-1,L,q;if(R>=0&&(L=T[R])instanceof oe){if(!R&&L.type==A&&L.length==P)return L;(q=L.prop(F.lookAhead))&&(j=K[R]+L.length+q-P)}return m(A,T,K,P,
j,B)}}function p(A,B,T,K,P,j,R,L,q){let G=[],I=[];for(;A.length>K;)G.push(A.pop()),I.push(B.pop()+T-P);A.push(m(i.types[R],G,I,j-P,L-j,q)),B.push(P-T)}function m(A,B,T,K,P,j,R){
if(j){let L=[F.contextHash,j];R=R?[L].concat(R):[L]}if(P>25){let L=[F.lookAhead,P];R=R?[L].concat(R):[L]}return new oe(A,B,T,K,R)}function g(A,B){let T=l.fork(),
K=0,P=0,j=0,R=T.end-s,L={size:0,start:0,skip:0};e:for(let q=T.pos-A;T.pos>q;){let G=T.size;if(T.id==B&&G>=0){L.size=K,L.start=P,L.skip=j,j+=4,K+=4,T.next();continue}
let I=T.pos-G;if(G<0||I<q||T.start<R)break;let Le=T.id>=o?4:0,kt=T.start;for(T.next();T.pos>I;){if(T.size<0)if(T.size==-3||T.size==-4)Le+=4;else break e;else T.
id>=o&&(Le+=4);T.next()}P=kt,K+=G,j+=Le}return(B<0||K==A)&&(L.size=K,L.start=P,L.skip=j),L.size>4?L:void 0}function y(A,B,T){let{id:K,start:P,end:j,size:R}=l;if(l.
next(),R>=0&&K<o){let L=T;if(R>4){let q=l.pos-(R-4);for(;l.pos>q;)T=y(A,B,T)}B[--T]=L,B[--T]=j-A,B[--T]=P-A,B[--T]=K}else R==-3?h=K:R==-4&&(c=K);return T}let b=[],
w=[];for(;l.pos>0;)f(n.start||0,n.bufferStart||0,b,w,-1,0);let O=(e=n.length)!==null&&e!==void 0?e:b.length?w[0]+b[0].length:0;return new oe(a[n.topID],b.reverse(),
w.reverse(),O)}var ph=new WeakMap;function Yn(n,e){if(!n.isAnonymous||e instanceof gt||e.type!=n)return 1;let t=ph.get(e);if(t==null){t=1;for(let i of e.children){
if(i.type!=n||!(i instanceof oe)){t=1;break}t+=Yn(n,i)}ph.set(e,t)}return t}function so(n,e,t,i,s,r,o,l,a){let h=0;for(let p=i;p<s;p++)h+=Yn(n,e[p]);let c=Math.
ceil(h*1.5/8),f=[],u=[];function d(p,m,g,y,b){for(let w=g;w<y;){let O=w,A=m[w],B=Yn(n,p[w]);for(w++;w<y;w++){let T=Yn(n,p[w]);if(B+T>=c)break;B+=T}if(w==O+1){if(B>
c){let T=p[O];d(T.children,T.positions,0,T.children.length,m[O]+b);continue}f.push(p[O])}else{let T=m[w-1]+p[w-1].length-A;f.push(so(n,p,m,O,w,A,T,null,a))}u.push(
A+b-r)}}return d(e,t,i,s,0),(l||a)(f,u,o)}var Nt=class n{constructor(e,t,i,s,r=!1,o=!1){this.from=e,this.to=t,this.tree=i,this.offset=s,this.open=(r?1:0)|(o?2:0)}get openStart(){return(this.open&1)>0}get openEnd(){
return(this.open&2)>0}static addTree(e,t=[],i=!1){let s=[new n(0,e.length,e,0,!1,i)];for(let r of t)r.to>e.length&&s.push(r);return s}static applyChanges(e,t,i=128){
if(!t.length)return e;let s=[],r=1,o=e.length?e[0]:null;for(let l=0,a=0,h=0;;l++){let c=l<t.length?t[l]:null,f=c?c.fromA:1e9;if(f-a>=i)for(;o&&o.from<f;){let u=o;
if(a>=u.from||f<=u.to||h){let d=Math.max(u.from,a)-h,p=Math.min(u.to,f)-h;u=d>=p?null:new n(d,p,u.tree,u.offset+h,l>0,!!c)}if(u&&s.push(u),o.to>f)break;o=r<e.length?
e[r++]:null}if(!c)break;a=c.toA,h=c.toA-c.toB}return s}},Xn=class{startParse(e,t,i){return typeof e=="string"&&(e=new io(e)),i=i?i.length?i.map(s=>new qi(s.from,
s.to)):[new qi(0,0)]:[new qi(0,e.length)],this.createParse(e,t||[],i)}parse(e,t,i){let s=this.startParse(e,t,i);for(;;){let r=s.advance();if(r)return r}}},io=class{constructor(e){
this.string=e}get length(){return this.string.length}chunk(e){return this.string.slice(e)}get lineChunks(){return!1}read(e,t){return this.string.slice(e,t)}};var Jp=new F({perNode:!0});var _u=0,Ve=class n{constructor(e,t,i,s){this.name=e,this.set=t,this.base=i,this.modified=s,this.id=_u++}toString(){let{name:e}=this;for(let t of this.modified)
t.name&&(e=`${t.name}(${e})`);return e}static define(e,t){let i=typeof e=="string"?e:"?";if(e instanceof n&&(t=e),t?.base)throw new Error("Can not derive from a\
 modified tag");let s=new n(i,[],null,[]);if(s.set.push(s),t)for(let r of t.set)s.set.push(r);return s}static defineModifier(e){let t=new ts(e);return i=>i.modified.
indexOf(t)>-1?i:ts.get(i.base||i,i.modified.concat(t).sort((s,r)=>s.id-r.id))}},ju=0,ts=class n{constructor(e){this.name=e,this.instances=[],this.id=ju++}static get(e,t){
if(!t.length)return e;let i=t[0].instances.find(l=>l.base==e&&Uu(t,l.modified));if(i)return i;let s=[],r=new Ve(e.name,s,e,t);for(let l of t)l.instances.push(r);
let o=Gu(t);for(let l of e.set)if(!l.modified.length)for(let a of o)s.push(n.get(l,a));return r}};function Uu(n,e){return n.length==e.length&&n.every((t,i)=>t==
e[i])}function Gu(n){let e=[[]];for(let t=0;t<n.length;t++)for(let i=0,s=e.length;i<s;i++)e.push(e[i].concat(n[t]));return e.sort((t,i)=>i.length-t.length)}function xh(n){
let e=Object.create(null);for(let t in n){let i=n[t];Array.isArray(i)||(i=[i]);for(let s of t.split(" "))if(s){let r=[],o=2,l=s;for(let f=0;;){if(l=="..."&&f>0&&
f+3==s.length){o=1;break}let u=/^"(?:[^"\\]|\\.)*?"|[^\/!]+/.exec(l);if(!u)throw new RangeError("Invalid path: "+s);if(r.push(u[0]=="*"?"":u[0][0]=='"'?JSON.parse(
u[0]):u[0]),f+=u[0].length,f==s.length)break;let d=s[f++];if(f==s.length&&d=="!"){o=0;break}if(d!="/")throw new RangeError("Invalid path: "+s);l=s.slice(f)}let a=r.
length-1,h=r[a];if(!h)throw new RangeError("Invalid path: "+s);let c=new pi(i,o,a>0?r.slice(0,a):null);e[h]=c.sort(e[h])}}return Yu.add(e)}var Yu=new F({combine(n,e){
let t,i,s;for(;n||e;){if(!n||e&&n.depth<=e.depth?(s=e,e=e.next):(s=n,n=n.next),t&&t.mode==s.mode&&!s.context&&!t.context)continue;let r=new pi(s.tags,s.mode,s.context);
t?t.next=r:i=r,t=r}return i}}),pi=class{constructor(e,t,i,s){this.tags=e,this.mode=t,this.context=i,this.next=s}get opaque(){return this.mode==0}get inherit(){return this.
mode==1}sort(e){return!e||e.depth<this.depth?(this.next=e,this):(e.next=this.sort(e.next),e)}get depth(){return this.context?this.context.length:0}};pi.empty=new pi(
[],2,null);function lo(n,e){let t=Object.create(null);for(let r of n)if(!Array.isArray(r.tag))t[r.tag.id]=r.class;else for(let o of r.tag)t[o.id]=r.class;let{scope:i,
all:s=null}=e||{};return{style:r=>{let o=s;for(let l of r)for(let a of l.set){let h=t[a.id];if(h){o=o?o+" "+h:h;break}}return o},scope:i}}var S=Ve.define,Qn=S(),yt=S(),yh=S(yt),bh=S(yt),bt=S(),Zn=S(bt),ro=S(bt),Ye=S(),Wt=S(Ye),Ue=S(),Ge=S(),oo=S(),Ui=S(oo),es=S(),C={comment:Qn,lineComment:S(Qn),blockComment:S(
Qn),docComment:S(Qn),name:yt,variableName:S(yt),typeName:yh,tagName:S(yh),propertyName:bh,attributeName:S(bh),className:S(yt),labelName:S(yt),namespace:S(yt),macroName:S(
yt),literal:bt,string:Zn,docString:S(Zn),character:S(Zn),attributeValue:S(Zn),number:ro,integer:S(ro),float:S(ro),bool:S(bt),regexp:S(bt),escape:S(bt),color:S(bt),
url:S(bt),keyword:Ue,self:S(Ue),null:S(Ue),atom:S(Ue),unit:S(Ue),modifier:S(Ue),operatorKeyword:S(Ue),controlKeyword:S(Ue),definitionKeyword:S(Ue),moduleKeyword:S(
Ue),operator:Ge,derefOperator:S(Ge),arithmeticOperator:S(Ge),logicOperator:S(Ge),bitwiseOperator:S(Ge),compareOperator:S(Ge),updateOperator:S(Ge),definitionOperator:S(
Ge),typeOperator:S(Ge),controlOperator:S(Ge),punctuation:oo,separator:S(oo),bracket:Ui,angleBracket:S(Ui),squareBracket:S(Ui),paren:S(Ui),brace:S(Ui),content:Ye,
heading:Wt,heading1:S(Wt),heading2:S(Wt),heading3:S(Wt),heading4:S(Wt),heading5:S(Wt),heading6:S(Wt),contentSeparator:S(Ye),list:S(Ye),quote:S(Ye),emphasis:S(Ye),
strong:S(Ye),link:S(Ye),monospace:S(Ye),strikethrough:S(Ye),inserted:S(),deleted:S(),changed:S(),invalid:S(),meta:es,documentMeta:S(es),annotation:S(es),processingInstruction:S(
es),definition:Ve.defineModifier("definition"),constant:Ve.defineModifier("constant"),function:Ve.defineModifier("function"),standard:Ve.defineModifier("standar\
d"),local:Ve.defineModifier("local"),special:Ve.defineModifier("special")};for(let n in C){let e=C[n];e instanceof Ve&&(e.name=n)}var Zp=lo([{tag:C.link,class:"\
tok-link"},{tag:C.heading,class:"tok-heading"},{tag:C.emphasis,class:"tok-emphasis"},{tag:C.strong,class:"tok-strong"},{tag:C.keyword,class:"tok-keyword"},{tag:C.
atom,class:"tok-atom"},{tag:C.bool,class:"tok-bool"},{tag:C.url,class:"tok-url"},{tag:C.labelName,class:"tok-labelName"},{tag:C.inserted,class:"tok-inserted"},{
tag:C.deleted,class:"tok-deleted"},{tag:C.literal,class:"tok-literal"},{tag:C.string,class:"tok-string"},{tag:C.number,class:"tok-number"},{tag:[C.regexp,C.escape,
C.special(C.string)],class:"tok-string2"},{tag:C.variableName,class:"tok-variableName"},{tag:C.local(C.variableName),class:"tok-variableName tok-local"},{tag:C.
definition(C.variableName),class:"tok-variableName tok-definition"},{tag:C.special(C.variableName),class:"tok-variableName2"},{tag:C.definition(C.propertyName),
class:"tok-propertyName tok-definition"},{tag:C.typeName,class:"tok-typeName"},{tag:C.namespace,class:"tok-namespace"},{tag:C.className,class:"tok-className"},{
tag:C.macroName,class:"tok-macroName"},{tag:C.propertyName,class:"tok-propertyName"},{tag:C.operator,class:"tok-operator"},{tag:C.comment,class:"tok-comment"},{
tag:C.meta,class:"tok-meta"},{tag:C.invalid,class:"tok-invalid"},{tag:C.punctuation,class:"tok-punctuation"}]);var ao,Yi=new F;var Ju=new F,Oe=class{constructor(e,t,i=[],s=""){this.data=e,this.name=s,$.prototype.hasOwnProperty("tree")||Object.defineProperty($.prototype,"tree",{get(){return mi(
this)}}),this.parser=t,this.extension=[gi.of(this),$.languageData.of((r,o,l)=>{let a=wh(r,o,l),h=a.type.prop(Yi);if(!h)return[];let c=r.facet(h),f=a.type.prop(Ju);
if(f){let u=a.resolve(o-a.from,l);for(let d of f)if(d.test(u,r)){let p=r.facet(d.facet);return d.type=="replace"?p:p.concat(c)}}return c})].concat(i)}isActiveAt(e,t,i=-1){
return wh(e,t,i).type.prop(Yi)==this.data}findRegions(e){let t=e.facet(gi);if(t?.data==this.data)return[{from:0,to:e.doc.length}];if(!t||!t.allowsNesting)return[];
let i=[],s=(r,o)=>{if(r.prop(Yi)==this.data){i.push({from:o,to:o+r.length});return}let l=r.prop(F.mounted);if(l){if(l.tree.prop(Yi)==this.data){if(l.overlay)for(let a of l.
overlay)i.push({from:a.from+o,to:a.to+o});else i.push({from:o,to:o+r.length});return}else if(l.overlay){let a=i.length;if(s(l.tree,l.overlay[0].from+o),i.length>
a)return}}for(let a=0;a<r.children.length;a++){let h=r.children[a];h instanceof oe&&s(h,r.positions[a]+o)}};return s(mi(e),0),i}get allowsNesting(){return!0}};Oe.
setState=W.define();function wh(n,e,t){let i=n.facet(gi),s=mi(n).topNode;if(!i||i.allowsNesting)for(let r=s;r;r=r.enter(e,t,X.ExcludeBuffers|X.EnterBracketed))r.
type.isTop&&(s=r);return s}function mi(n){let e=n.field(Oe.state,!1);return e?e.tree:oe.empty}var fo=class{constructor(e){this.doc=e,this.cursorPos=0,this.string="",this.cursor=e.iter()}get length(){return this.doc.length}syncTo(e){return this.string=this.
cursor.next(e-this.cursorPos).value,this.cursorPos=e+this.string.length,this.cursorPos-this.string.length}chunk(e){return this.syncTo(e),this.string}get lineChunks(){
return!0}read(e,t){let i=this.cursorPos-this.string.length;return e<i||t>=this.cursorPos?this.doc.sliceString(e,t):this.string.slice(e-i,t-i)}},Gi=null,uo=class n{constructor(e,t,i=[],s,r,o,l,a){
this.parser=e,this.state=t,this.fragments=i,this.tree=s,this.treeLen=r,this.viewport=o,this.skipped=l,this.scheduleOn=a,this.parse=null,this.tempSkipped=[]}static create(e,t,i){
return new n(e,t,[],oe.empty,0,i,[],null)}startParse(){return this.parser.startParse(new fo(this.state.doc),this.fragments)}work(e,t){return t!=null&&t>=this.state.
doc.length&&(t=void 0),this.tree!=oe.empty&&this.isDone(t??this.state.doc.length)?(this.takeTree(),!0):this.withContext(()=>{var i;if(typeof e=="number"){let s=Date.
now()+e;e=()=>Date.now()>s}for(this.parse||(this.parse=this.startParse()),t!=null&&(this.parse.stoppedAt==null||this.parse.stoppedAt>t)&&t<this.state.doc.length&&
this.parse.stopAt(t);;){let s=this.parse.advance();if(s)if(this.fragments=this.withoutTempSkipped(Nt.addTree(s,this.fragments,this.parse.stoppedAt!=null)),this.
treeLen=(i=this.parse.stoppedAt)!==null&&i!==void 0?i:this.state.doc.length,this.tree=s,this.parse=null,this.treeLen<(t??this.state.doc.length))this.parse=this.
startParse();else return!0;if(e())return!1}})}takeTree(){let e,t;this.parse&&(e=this.parse.parsedPos)>=this.treeLen&&((this.parse.stoppedAt==null||this.parse.stoppedAt>
e)&&this.parse.stopAt(e),this.withContext(()=>{for(;!(t=this.parse.advance()););}),this.treeLen=e,this.tree=t,this.fragments=this.withoutTempSkipped(Nt.addTree(
this.tree,this.fragments,!0)),this.parse=null)}withContext(e){let t=Gi;Gi=this;try{return e()}finally{Gi=t}}withoutTempSkipped(e){for(let t;t=this.tempSkipped.pop();)
e=kh(e,t.from,t.to);return e}changes(e,t){let{fragments:i,tree:s,treeLen:r,viewport:o,skipped:l}=this;if(this.takeTree(),!e.empty){let a=[];if(e.iterChangedRanges(
(h,c,f,u)=>a.push({fromA:h,toA:c,fromB:f,toB:u})),i=Nt.applyChanges(i,a),s=oe.empty,r=0,o={from:e.mapPos(o.from,-1),to:e.mapPos(o.to,1)},this.skipped.length){l=
[];for(let h of this.skipped){let c=e.mapPos(h.from,1),f=e.mapPos(h.to,-1);c<f&&l.push({from:c,to:f})}}}return new n(this.parser,t,i,s,r,o,l,this.scheduleOn)}updateViewport(e){
if(this.viewport.from==e.from&&this.viewport.to==e.to)return!1;this.viewport=e;let t=this.skipped.length;for(let i=0;i<this.skipped.length;i++){let{from:s,to:r}=this.
skipped[i];s<e.to&&r>e.from&&(this.fragments=kh(this.fragments,s,r),this.skipped.splice(i--,1))}return this.skipped.length>=t?!1:(this.reset(),!0)}reset(){this.
parse&&(this.takeTree(),this.parse=null)}skipUntilInView(e,t){this.skipped.push({from:e,to:t})}static getSkippingParser(e){return new class extends Xn{createParse(t,i,s){
let r=s[0].from,o=s[s.length-1].to;return{parsedPos:r,advance(){let a=Gi;if(a){for(let h of s)a.tempSkipped.push(h);e&&(a.scheduleOn=a.scheduleOn?Promise.all([a.
scheduleOn,e]):e)}return this.parsedPos=o,new oe(xe.none,[],[],o-r)},stoppedAt:null,stopAt(){}}}}}isDone(e){e=Math.min(e,this.state.doc.length);let t=this.fragments;
return this.treeLen>=e&&t.length&&t[0].from==0&&t[0].to>=e}static get(){return Gi}};function kh(n,e,t){return Nt.applyChanges(n,[{fromA:e,toA:t,fromB:e,toB:t}])}
var Ji=class n{constructor(e){this.context=e,this.tree=e.tree}apply(e){if(!e.docChanged&&this.tree==this.context.tree)return this;let t=this.context.changes(e.changes,
e.state),i=this.context.treeLen==e.startState.doc.length?void 0:Math.max(e.changes.mapPos(this.context.treeLen),t.viewport.to);return t.work(20,i)||t.takeTree(),
new n(t)}static init(e){let t=Math.min(3e3,e.doc.length),i=uo.create(e.facet(gi).parser,e,{from:0,to:t});return i.work(20,t)||i.takeTree(),new n(i)}};Oe.state=he.
define({create:Ji.init,update(n,e){for(let t of e.effects)if(t.is(Oe.setState))return t.value;return e.startState.facet(gi)!=e.state.facet(gi)?Ji.init(e.state):
n.apply(e)}});var Ah=n=>{let e=setTimeout(()=>n(),500);return()=>clearTimeout(e)};typeof requestIdleCallback<"u"&&(Ah=n=>{let e=-1,t=setTimeout(()=>{e=requestIdleCallback(
n,{timeout:400})},100);return()=>e<0?clearTimeout(t):cancelIdleCallback(e)});var ho=typeof navigator<"u"&&(!((ao=navigator.scheduling)===null||ao===void 0)&&ao.
isInputPending)?()=>navigator.scheduling.isInputPending():null,Xu=De.fromClass(class{constructor(e){this.view=e,this.working=null,this.workScheduled=0,this.chunkEnd=
-1,this.chunkBudget=-1,this.work=this.work.bind(this),this.scheduleWork()}update(e){let t=this.view.state.field(Oe.state).context;(t.updateViewport(e.view.viewport)||
this.view.viewport.to>t.treeLen)&&this.scheduleWork(),(e.docChanged||e.selectionSet)&&(this.view.hasFocus&&(this.chunkBudget+=50),this.scheduleWork()),this.checkAsyncSchedule(
t)}scheduleWork(){if(this.working)return;let{state:e}=this.view,t=e.field(Oe.state);(t.tree!=t.context.tree||!t.context.isDone(e.doc.length))&&(this.working=Ah(
this.work))}work(e){this.working=null;let t=Date.now();if(this.chunkEnd<t&&(this.chunkEnd<0||this.view.hasFocus)&&(this.chunkEnd=t+3e4,this.chunkBudget=3e3),this.
chunkBudget<=0)return;let{state:i,viewport:{to:s}}=this.view,r=i.field(Oe.state);if(r.tree==r.context.tree&&r.context.isDone(s+1e5))return;let o=Date.now()+Math.
min(this.chunkBudget,100,e&&!ho?Math.max(25,e.timeRemaining()-5):1e9),l=r.context.treeLen<s&&i.doc.length>s+1e3,a=r.context.work(()=>ho&&ho()||Date.now()>o,s+(l?
0:1e5));this.chunkBudget-=Date.now()-t,(a||this.chunkBudget<=0)&&(r.context.takeTree(),this.view.dispatch({effects:Oe.setState.of(new Ji(r.context))})),this.chunkBudget>
0&&!(a&&!l)&&this.scheduleWork(),this.checkAsyncSchedule(r.context)}checkAsyncSchedule(e){e.scheduleOn&&(this.workScheduled++,e.scheduleOn.then(()=>this.scheduleWork()).
catch(t=>We(this.view.state,t)).then(()=>this.workScheduled--),e.scheduleOn=null)}destroy(){this.working&&this.working()}isWorking(){return!!(this.working||this.
workScheduled>0)}},{eventHandlers:{focus(){this.scheduleWork()}}}),gi=D.define({combine(n){return n.length?n[0]:null},enables:n=>[Oe.state,Xu,E.contentAttributes.
compute([n],e=>{let t=e.facet(n);return t&&t.name?{"data-language":t.name}:{}})]});var Qu=D.define(),go=D.define({combine:n=>{if(!n.length)return"  ";let e=n[0];if(!e||/\S/.test(e)||Array.from(e).some(t=>t!=e[0]))throw new Error("Invalid inden\
t unit: "+JSON.stringify(n[0]));return e}});function is(n){let e=n.facet(go);return e.charCodeAt(0)==9?n.tabSize*e.length:e.length}function yo(n,e){let t="",i=n.
tabSize,s=n.facet(go)[0];if(s=="	"){for(;e>=i;)t+="	",e-=i;s=" "}for(let r=0;r<e;r++)t+=s;return t}function Mh(n,e){n instanceof $&&(n=new yi(n));for(let i of n.
state.facet(Qu)){let s=i(n,e);if(s!==void 0)return s}let t=mi(n.state);return t.length>=e?ed(n,t,e):null}var yi=class{constructor(e,t={}){this.state=e,this.options=t,this.unit=is(e)}lineAt(e,t=1){let i=this.state.doc.lineAt(e),{simulateBreak:s,simulateDoubleBreak:r}=this.
options;return s!=null&&s>=i.from&&s<=i.to?r&&s==e?{text:"",from:e}:(t<0?s<e:s<=e)?{text:i.text.slice(s-i.from),from:s}:{text:i.text.slice(0,s-i.from),from:i.from}:
i}textAfterPos(e,t=1){if(this.options.simulateDoubleBreak&&e==this.options.simulateBreak)return"";let{text:i,from:s}=this.lineAt(e,t);return i.slice(e-s,Math.min(
i.length,e+100-s))}column(e,t=1){let{text:i,from:s}=this.lineAt(e,t),r=this.countColumn(i,e-s),o=this.options.overrideIndentation?this.options.overrideIndentation(
s):-1;return o>-1&&(r+=o-this.countColumn(i,i.search(/\S|$/))),r}countColumn(e,t=e.length){return Qt(e,this.state.tabSize,t)}lineIndent(e,t=1){let{text:i,from:s}=this.
lineAt(e,t),r=this.options.overrideIndentation;if(r){let o=r(s);if(o>-1)return o}return this.countColumn(i,i.search(/\S|$/))}get simulatedBreak(){return this.options.
simulateBreak||null}},Zu=new F;function ed(n,e,t){let i=e.resolveStack(t),s=e.resolveInner(t,-1).resolve(t,0).enterUnfinishedNodesBefore(t);if(s!=i.node){let r=[];
for(let o=s;o&&!(o.from<i.node.from||o.to>i.node.to||o.from==i.node.from&&o.type==i.node.type);o=o.parent)r.push(o);for(let o=r.length-1;o>=0;o--)i={node:r[o],next:i}}
return Th(i,n,t)}function Th(n,e,t){for(let i=n;i;i=i.next){let s=id(i.node);if(s)return s(po.create(e,t,i))}return 0}function td(n){return n.pos==n.options.simulateBreak&&
n.options.simulateDoubleBreak}function id(n){let e=n.type.prop(Zu);if(e)return e;let t=n.firstChild,i;if(t&&(i=t.type.prop(F.closedBy))){let s=n.lastChild,r=s&&
i.indexOf(s.name)>-1;return o=>od(o,!0,1,void 0,r&&!td(o)?s.from:void 0)}return n.parent==null?nd:null}function nd(){return 0}var po=class n extends yi{constructor(e,t,i){
super(e.state,e.options),this.base=e,this.pos=t,this.context=i}get node(){return this.context.node}static create(e,t,i){return new n(e,t,i)}get textAfter(){return this.
textAfterPos(this.pos)}get baseIndent(){return this.baseIndentFor(this.node)}baseIndentFor(e){let t=this.state.doc.lineAt(e.from);for(;;){let i=e.resolve(t.from);
for(;i.parent&&i.parent.from==i.from;)i=i.parent;if(sd(i,e))break;t=this.state.doc.lineAt(i.from)}return this.lineIndent(t.from)}continue(){return Th(this.context.
next,this.base,this.pos)}};function sd(n,e){for(let t=e;t;t=t.parent)if(n==t)return!0;return!1}function rd(n){let e=n.node,t=e.childAfter(e.from),i=e.lastChild;
if(!t)return null;let s=n.options.simulateBreak,r=n.state.doc.lineAt(t.from),o=s==null||s<=r.from?r.to:Math.min(r.to,s);for(let l=t.to;;){let a=e.childAfter(l);
if(!a||a==i)return null;if(!a.type.isSkipped){if(a.from>=o)return null;let h=/^ */.exec(r.text.slice(t.to-r.from))[0].length;return{from:t.from,to:t.to+h}}l=a.to}}function od(n,e,t,i,s){let r=n.textAfter,o=r.match(/^\s*/)[0].length,l=i&&r.slice(o,o+i.length)==i||s==n.pos+o,a=e?rd(n):null;return a?l?n.column(a.from):n.column(
a.to):n.baseIndent+(l?0:n.unit*t)}var mo=class n{constructor(e,t){this.specs=e;let i;function s(l){let a=Ce.newName();return(i||(i=Object.create(null)))["."+a]=l,a}let r=typeof t.all=="string"?t.
all:t.all?s(t.all):void 0,o=t.scope;this.scope=o instanceof Oe?l=>l.prop(Yi)==o.data:o?l=>l==o:void 0,this.style=lo(e.map(l=>({tag:l.tag,class:l.class||s(Object.
assign({},l,{tag:null}))})),{all:r}).style,this.module=i?new Ce(i):null,this.themeType=t.themeType}static define(e,t){return new n(e,t||{})}};var cm=mo.define([{tag:C.meta,color:"#404740"},{tag:C.link,textDecoration:"underline"},{tag:C.heading,textDecoration:"underline",fontWeight:"bold"},{tag:C.emphasis,
fontStyle:"italic"},{tag:C.strong,fontWeight:"bold"},{tag:C.strikethrough,textDecoration:"line-through"},{tag:C.keyword,color:"#708"},{tag:[C.atom,C.bool,C.url,
C.contentSeparator,C.labelName],color:"#219"},{tag:[C.literal,C.inserted],color:"#164"},{tag:[C.string,C.deleted],color:"#a11"},{tag:[C.regexp,C.escape,C.special(
C.string)],color:"#e40"},{tag:C.definition(C.variableName),color:"#00f"},{tag:C.local(C.variableName),color:"#30a"},{tag:[C.typeName,C.namespace],color:"#085"},
{tag:C.className,color:"#167"},{tag:[C.special(C.variableName),C.macroName],color:"#256"},{tag:C.definition(C.propertyName),color:"#00c"},{tag:C.comment,color:"\
#940"},{tag:C.invalid,color:"#f00"}]);var ld=Object.create(null),vh=[xe.none];var Sh=[],Ch=Object.create(null),ad=Object.create(null);for(let[n,e]of[["variable","variableName"],["variable-2","variableName.special"],["string-2","string.spe\
cial"],["def","variableName.definition"],["tag","tagName"],["attribute","attributeName"],["type","typeName"],["builtin","variableName.standard"],["qualifier","m\
odifier"],["error","invalid"],["header","heading"],["property","propertyName"]])ad[n]=hd(ld,e);function co(n,e){Sh.indexOf(n)>-1||(Sh.push(n),console.warn(e))}function hd(n,e){let t=[];for(let l of e.split(" ")){let a=[];for(let h of l.split(".")){let c=n[h]||
C[h];c?typeof c=="function"?a.length?a=a.map(c):co(h,`Modifier ${h} used at start of tag`):a.length?co(h,`Tag ${h} used as modifier`):a=Array.isArray(c)?c:[c]:co(
h,`Unknown highlighting tag ${h}`)}for(let h of a)t.push(h)}if(!t.length)return 0;let i=e.replace(/ /g,"_"),s=i+" "+t.map(l=>l.id),r=Ch[s];if(r)return r.id;let o=Ch[s]=
xe.define({id:vh.length,name:i,props:[xh({[i]:t})]});return vh.push(o),o.id}var fm={rtl:V.mark({class:"cm-iso",inclusive:!0,attributes:{dir:"rtl"},bidiIsolate:Y.RTL}),ltr:V.mark({class:"cm-iso",inclusive:!0,attributes:{dir:"ltr"},bidiIsolate:Y.
LTR}),auto:V.mark({class:"cm-iso",inclusive:!0,attributes:{dir:"auto"},bidiIsolate:null})};var xo=Se.define(),cd=Se.define(),fd=D.define(),Nh=D.define({combine(n){return Ot(n,{minDepth:100,newGroupDelay:500,joinToEvent:(e,t)=>t},{minDepth:Math.max,newGroupDelay:Math.
min,joinToEvent:(e,t)=>(i,s)=>e(i,s)||t(i,s)})}}),Wh=he.define({create(){return Ft.empty},update(n,e){let t=e.state.facet(Nh),i=e.annotation(xo);if(i){let a=ze.
fromTransaction(e,i.selection),h=i.side,c=h==0?n.undone:n.done;return a?c=ss(c,c.length,t.minDepth,a):c=zh(c,e.startState.selection),new Ft(h==0?i.rest:c,h==0?c:
i.rest)}let s=e.annotation(cd);if((s=="full"||s=="before")&&(n=n.isolate()),e.annotation(Q.addToHistory)===!1)return e.changes.empty?n:n.addMapping(e.changes.desc);
let r=ze.fromTransaction(e),o=e.annotation(Q.time),l=e.annotation(Q.userEvent);return r?n=n.addChanges(r,o,l,t,e):e.selection&&(n=n.addSelection(e.startState.selection,
o,l,t.newGroupDelay)),(s=="full"||s=="after")&&(n=n.isolate()),n},toJSON(n){return{done:n.done.map(e=>e.toJSON()),undone:n.undone.map(e=>e.toJSON())}},fromJSON(n){
return new Ft(n.done.map(ze.fromJSON),n.undone.map(ze.fromJSON))}});function Fh(n={}){return[Wh,Nh.of(n),E.domEventHandlers({beforeinput(e,t){let i=e.inputType==
"historyUndo"?Hh:e.inputType=="historyRedo"?wo:null;return i?(e.preventDefault(),i(t)):!1}})]}function rs(n,e){return function({state:t,dispatch:i}){if(!e&&t.readOnly)return!1;let s=t.field(Wh,!1);if(!s)return!1;let r=s.pop(n,t,e);return r?(i(r),!0):!1}}
var Hh=rs(0,!1),wo=rs(1,!1),ud=rs(0,!0),dd=rs(1,!0);var ze=class n{constructor(e,t,i,s,r){this.changes=e,this.effects=t,this.mapped=i,this.startSelection=s,this.selectionsAfter=r}setSelAfter(e){return new n(this.
changes,this.effects,this.mapped,this.startSelection,e)}toJSON(){var e,t,i;return{changes:(e=this.changes)===null||e===void 0?void 0:e.toJSON(),mapped:(t=this.mapped)===
null||t===void 0?void 0:t.toJSON(),startSelection:(i=this.startSelection)===null||i===void 0?void 0:i.toJSON(),selectionsAfter:this.selectionsAfter.map(s=>s.toJSON())}}static fromJSON(e){
return new n(e.changes&&ce.fromJSON(e.changes),[],e.mapped&&Ze.fromJSON(e.mapped),e.startSelection&&x.fromJSON(e.startSelection),e.selectionsAfter.map(x.fromJSON))}static fromTransaction(e,t){
let i=Be;for(let s of e.startState.facet(fd)){let r=s(e);r.length&&(i=i.concat(r))}return!i.length&&e.changes.empty?null:new n(e.changes.invert(e.startState.doc),
i,void 0,t||e.startState.selection,Be)}static selection(e){return new n(void 0,Be,void 0,void 0,e)}};function ss(n,e,t,i){let s=e+1>t+20?e-t-1:0,r=n.slice(s,e);
return r.push(i),r}function pd(n,e){let t=[],i=!1;return n.iterChangedRanges((s,r)=>t.push(s,r)),e.iterChangedRanges((s,r,o,l)=>{for(let a=0;a<t.length;){let h=t[a++],
c=t[a++];l>=h&&o<=c&&(i=!0)}}),i}function md(n,e){return n.ranges.length==e.ranges.length&&n.ranges.filter((t,i)=>t.empty!=e.ranges[i].empty).length===0}function Vh(n,e){
return n.length?e.length?n.concat(e):n:e}var Be=[],gd=200;function zh(n,e){if(n.length){let t=n[n.length-1],i=t.selectionsAfter.slice(Math.max(0,t.selectionsAfter.
length-gd));return i.length&&i[i.length-1].eq(e)?n:(i.push(e),ss(n,n.length-1,1e9,t.setSelAfter(i)))}else return[ze.selection([e])]}function yd(n){let e=n[n.length-
1],t=n.slice();return t[n.length-1]=e.setSelAfter(e.selectionsAfter.slice(0,e.selectionsAfter.length-1)),t}function bo(n,e){if(!n.length)return n;let t=n.length,
i=Be;for(;t;){let s=bd(n[t-1],e,i);if(s.changes&&!s.changes.empty||s.effects.length){let r=n.slice(0,t);return r[t-1]=s,r}else e=s.mapped,t--,i=s.selectionsAfter}
return i.length?[ze.selection(i)]:Be}function bd(n,e,t){let i=Vh(n.selectionsAfter.length?n.selectionsAfter.map(l=>l.map(e)):Be,t);if(!n.changes)return ze.selection(
i);let s=n.changes.map(e),r=e.mapDesc(n.changes,!0),o=n.mapped?n.mapped.composeDesc(r):r;return new ze(s,W.mapEffects(n.effects,e),o,n.startSelection.map(r),i)}
var xd=/^(input\.type|delete)($|\.)/,Ft=class n{constructor(e,t,i=0,s=void 0){this.done=e,this.undone=t,this.prevTime=i,this.prevUserEvent=s}isolate(){return this.
prevTime?new n(this.done,this.undone):this}addChanges(e,t,i,s,r){let o=this.done,l=o[o.length-1];return l&&l.changes&&!l.changes.empty&&e.changes&&(!i||xd.test(
i))&&(!l.selectionsAfter.length&&t-this.prevTime<s.newGroupDelay&&s.joinToEvent(r,pd(l.changes,e.changes))||i=="input.type.compose")?o=ss(o,o.length-1,s.minDepth,
new ze(e.changes.compose(l.changes),Vh(W.mapEffects(e.effects,l.changes),l.effects),l.mapped,l.startSelection,Be)):o=ss(o,o.length,s.minDepth,e),new n(o,Be,t,i)}addSelection(e,t,i,s){
let r=this.done.length?this.done[this.done.length-1].selectionsAfter:Be;return r.length>0&&t-this.prevTime<s&&i==this.prevUserEvent&&i&&/^select($|\.)/.test(i)&&
md(r[r.length-1],e)?this:new n(zh(this.done,e),this.undone,t,i)}addMapping(e){return new n(bo(this.done,e),bo(this.undone,e),this.prevTime,this.prevUserEvent)}pop(e,t,i){
let s=e==0?this.done:this.undone;if(s.length==0)return null;let r=s[s.length-1],o=r.selectionsAfter[0]||(r.startSelection?r.startSelection.map(r.changes.invertedDesc,
1):t.selection);if(i&&r.selectionsAfter.length)return t.update({selection:r.selectionsAfter[r.selectionsAfter.length-1],annotations:xo.of({side:e,rest:yd(s),selection:o}),
userEvent:e==0?"select.undo":"select.redo",scrollIntoView:!0});if(r.changes){let l=s.length==1?Be:s.slice(0,s.length-1);return r.mapped&&(l=bo(l,r.mapped)),t.update(
{changes:r.changes,selection:r.startSelection,effects:r.effects,annotations:xo.of({side:e,rest:l,selection:o}),filter:!1,userEvent:e==0?"undo":"redo",scrollIntoView:!0})}else
return null}};Ft.empty=new Ft(Be,Be);var Kh=[{key:"Mod-z",run:Hh,preventDefault:!0},{key:"Mod-y",mac:"Mod-Shift-z",run:wo,preventDefault:!0},{linux:"Ctrl-Shift-\
z",run:wo,preventDefault:!0},{key:"Mod-u",run:ud,preventDefault:!0},{key:"Alt-u",mac:"Mod-Shift-u",run:dd,preventDefault:!0}];function So(n,e){return x.create(n.
ranges.map(e),n.mainIndex)}function Ht(n,e){return n.update({selection:e,scrollIntoView:!0,userEvent:"select"})}function rt({state:n,dispatch:e},t){let i=So(n.selection,
t);return i.eq(n.selection,!0)?!1:(e(Ht(n,i)),!0)}function os(n,e){return x.cursor(e?n.to:n.from)}function qh(n,e){return rt(n,t=>t.empty?n.moveByChar(t,e):os(t,
e))}function Ee(n){return n.textDirectionAt(n.state.selection.main.head)==Y.LTR}var $h=n=>qh(n,!Ee(n)),_h=n=>qh(n,Ee(n));function jh(n,e){return rt(n,t=>t.empty?n.moveByGroup(t,e):os(t,e))}var wd=n=>jh(n,!Ee(n)),kd=n=>jh(n,Ee(n));var xm=typeof Intl<"u"&&Intl.Segmenter?new Intl.Segmenter(void 0,{granularity:"word"}):null;function Uh(n,e){return rt(n,t=>{if(!t.empty)return os(t,e);let i=n.moveVertically(t,e);return i.head!=t.head?i:n.moveToLineBoundary(t,e)})}var Gh=n=>Uh(n,!1),Yh=n=>Uh(
n,!0);function Jh(n){let e=n.scrollDOM.clientHeight<n.scrollDOM.scrollHeight-2,t=0,i=0,s;if(e){for(let r of n.state.facet(E.scrollMargins)){let o=r(n);o?.top&&(t=
Math.max(o?.top,t)),o?.bottom&&(i=Math.max(o?.bottom,i))}s=n.scrollDOM.clientHeight-t-i}else s=(n.dom.ownerDocument.defaultView||window).innerHeight;return{marginTop:t,
marginBottom:i,selfScroll:e,height:Math.max(n.defaultLineHeight,s-5)}}function Xh(n,e){let t=Jh(n),{state:i}=n,s=So(i.selection,o=>o.empty?n.moveVertically(o,e,
t.height):os(o,e));if(s.eq(i.selection))return!1;let r;if(t.selfScroll){let o=n.coordsAtPos(i.selection.main.head),l=n.scrollDOM.getBoundingClientRect(),a=l.top+
t.marginTop,h=l.bottom-t.marginBottom;o&&o.top>a&&o.bottom<h&&(r=E.scrollIntoView(s.main.head,{y:"start",yMargin:o.top-a}))}return n.dispatch(Ht(i,s),{effects:r}),
!0}var Dh=n=>Xh(n,!1),ko=n=>Xh(n,!0);function xt(n,e,t){let i=n.lineBlockAt(e.head),s=n.moveToLineBoundary(e,t);if(s.head==e.head&&s.head!=(t?i.to:i.from)&&(s=n.
moveToLineBoundary(e,t,!1)),!t&&s.head==i.from&&i.length){let r=/^\s*/.exec(n.state.sliceDoc(i.from,Math.min(i.from+100,i.to)))[0].length;r&&e.head!=i.from+r&&(s=
x.cursor(i.from+r))}return s}var vd=n=>rt(n,e=>xt(n,e,!0)),Sd=n=>rt(n,e=>xt(n,e,!1)),Cd=n=>rt(n,e=>xt(n,e,!Ee(n))),Ad=n=>rt(n,e=>xt(n,e,Ee(n))),Md=n=>rt(n,e=>n.
moveToLineBoundary(e,!1,!1)),Td=n=>rt(n,e=>n.moveToLineBoundary(e,!0,!1));function Je(n,e,t){let i=So(n.state.selection,s=>{s.undirectional&&s.head>=s.anchor!=e&&(s=x.range(s.head,s.anchor));let r=t(s);return x.range(s.anchor,r.head,r.
goalColumn,r.bidiLevel||void 0,r.assoc)});return i.eq(n.state.selection)?!1:(n.dispatch(Ht(n.state,i)),!0)}function Qh(n,e){return Je(n,e,t=>n.moveByChar(t,e))}
var Zh=n=>Qh(n,!Ee(n)),ec=n=>Qh(n,Ee(n));function tc(n,e){return Je(n,e,t=>n.moveByGroup(t,e))}var Dd=n=>tc(n,!Ee(n)),Od=n=>tc(n,Ee(n));function ic(n,e){return Je(n,e,t=>n.moveVertically(t,e))}var nc=n=>ic(n,!1),sc=n=>ic(n,!0);function rc(n,e){return Je(n,e,t=>n.moveVertically(t,e,Jh(n).height))}
var Oh=n=>rc(n,!1),Bh=n=>rc(n,!0),Bd=n=>Je(n,!0,e=>xt(n,e,!0)),Ed=n=>Je(n,!1,e=>xt(n,e,!1)),Ld=n=>{let e=!Ee(n);return Je(n,e,t=>xt(n,t,e))},Rd=n=>{let e=Ee(n);
return Je(n,e,t=>xt(n,t,e))},Pd=n=>Je(n,!1,e=>x.cursor(n.lineBlockAt(e.head).from)),Id=n=>Je(n,!0,e=>x.cursor(n.lineBlockAt(e.head).to)),Eh=({state:n,dispatch:e})=>(e(
Ht(n,{anchor:0})),!0),Lh=({state:n,dispatch:e})=>(e(Ht(n,{anchor:n.doc.length})),!0),Rh=({state:n,dispatch:e})=>(e(Ht(n,{anchor:n.selection.main.anchor,head:0})),
!0),Ph=({state:n,dispatch:e})=>(e(Ht(n,{anchor:n.selection.main.anchor,head:n.doc.length})),!0),Nd=({state:n,dispatch:e})=>(e(n.update({selection:{anchor:0,head:n.
doc.length},userEvent:"select"})),!0);function Xi(n,e){if(n.state.readOnly)return!1;let t="delete.selection",{state:i}=n,s=i.changeByRange(r=>{let{from:o,to:l}=r;if(o==l){let a=e(r);a<o?(t="delete.b\
ackward",a=ns(n,a,!1)):a>o&&(t="delete.forward",a=ns(n,a,!0)),o=Math.min(o,a),l=Math.max(l,a)}else o=ns(n,o,!1),l=ns(n,l,!0);return o==l?{range:r}:{changes:{from:o,
to:l},range:x.cursor(o,o<r.head?-1:1)}});return s.changes.empty?!1:(n.dispatch(i.update(s,{scrollIntoView:!0,userEvent:t,effects:t=="delete.selection"?E.announce.
of(i.phrase("Selection deleted")):void 0})),!0)}function ns(n,e,t){if(n instanceof E)for(let i of n.state.facet(E.atomicRanges).map(s=>s(n)))i.between(e,e,(s,r)=>{
s<e&&r>e&&(e=t?r:s)});return e}var oc=(n,e,t)=>Xi(n,i=>{let s=i.from,{state:r}=n,o=r.doc.lineAt(s),l,a;if(t&&!e&&s>o.from&&s<o.from+200&&!/[^ \t]/.test(l=o.text.
slice(0,s-o.from))){if(l[l.length-1]=="	")return s-1;let h=Qt(l,r.tabSize),c=h%is(r)||is(r);for(let f=0;f<c&&l[l.length-1-f]==" ";f++)s--;a=s}else a=Z(o.text,s-
o.from,e,e)+o.from,a==s&&o.number!=(e?r.doc.lines:1)?a+=e?1:-1:!e&&/[\ufe00-\ufe0f]/.test(o.text.slice(a-o.from,s-o.from))&&(a=Z(o.text,a-o.from,!1,!1)+o.from);
return a}),vo=n=>oc(n,!1,!0);var lc=n=>oc(n,!0,!1),ac=(n,e)=>Xi(n,t=>{let i=t.head,{state:s}=n,r=s.doc.lineAt(i),o=s.charCategorizer(i);for(let l=null;;){if(i==(e?r.to:r.from)){i==t.head&&r.
number!=(e?s.doc.lines:1)&&(i+=e?1:-1);break}let a=Z(r.text,i-r.from,e)+r.from,h=r.text.slice(Math.min(i,a)-r.from,Math.max(i,a)-r.from),c=o(h);if(l!=null&&c!=l)
break;(h!=" "||i!=t.head)&&(l=c),i=a}return i}),hc=n=>ac(n,!1),Wd=n=>ac(n,!0);var Fd=n=>Xi(n,e=>{let t=n.lineBlockAt(e.head).to;return e.head<t?t:Math.min(n.state.doc.length,e.head+1)});var Hd=n=>Xi(n,e=>{let t=n.moveToLineBoundary(e,!1).head;return e.head>t?t:Math.max(0,e.head-1)}),Vd=n=>Xi(n,e=>{let t=n.moveToLineBoundary(e,!0).head;return e.
head<t?t:Math.min(n.state.doc.length,e.head+1)});var zd=({state:n,dispatch:e})=>{if(n.readOnly)return!1;let t=n.changeByRange(i=>({changes:{from:i.from,to:i.to,insert:N.of(["",""])},range:x.cursor(i.from)}));return e(
n.update(t,{scrollIntoView:!0,userEvent:"input"})),!0},Kd=({state:n,dispatch:e})=>{if(n.readOnly)return!1;let t=n.changeByRange(i=>{if(!i.empty||i.from==0||i.from==
n.doc.length)return{range:i};let s=i.from,r=n.doc.lineAt(s),o=s==r.from?s-1:Z(r.text,s-r.from,!1)+r.from,l=s==r.to?s+1:Z(r.text,s-r.from,!0)+r.from;return{changes:{
from:o,to:l,insert:n.doc.slice(s,l).append(n.doc.slice(o,s))},range:x.cursor(l)}});return t.changes.empty?!1:(e(n.update(t,{scrollIntoView:!0,userEvent:"move.ch\
aracter"})),!0)};var cc=({state:n,dispatch:e})=>(e(n.update(n.changeByRange(t=>{let i=/^\s*/.exec(n.doc.lineAt(t.from).text)[0];return{changes:{from:t.from,to:t.to,insert:n.lineBreak+
i},range:x.cursor(t.from+i.length+1)}}),{scrollIntoView:!0,userEvent:"input"})),!0);function qd(n,e){if(/\(\)|\[\]|\{\}/.test(n.sliceDoc(e-1,e+1)))return{from:e,
to:e};let t=mi(n).resolveInner(e),i=t.childBefore(e),s=t.childAfter(e),r;return i&&s&&i.to<=e&&s.from>=e&&(r=i.type.prop(F.closedBy))&&r.indexOf(s.name)>-1&&n.doc.
lineAt(i.to).from==n.doc.lineAt(s.from).from&&!/\S/.test(n.sliceDoc(i.to,s.from))?{from:i.to,to:s.from}:null}var Ih=$d(!1);function $d(n){return({state:e,dispatch:t})=>{if(e.readOnly)return!1;let i=e.changeByRange(s=>{let{from:r,to:o}=s,l=e.doc.lineAt(r),a=!n&&r==o&&qd(e,r);n&&(r=o=
(o<=l.to?l:e.doc.lineAt(o)).to);let h=new yi(e,{simulateBreak:r,simulateDoubleBreak:!!a}),c=Mh(h,r);for(c==null&&(c=Qt(/^\s*/.exec(e.doc.lineAt(r).text)[0],e.tabSize));o<
l.to&&/\s/.test(l.text[o-l.from]);)o++;a?{from:r,to:o}=a:r>l.from&&r<l.from+100&&!/\S/.test(l.text.slice(0,r))&&(r=l.from);let f=["",yo(e,c)];return a&&f.push(yo(
e,h.lineIndent(l.from,-1))),{changes:{from:r,to:o,insert:N.of(f)},range:x.cursor(r+1+f[1].length)}});return t(e.update(i,{scrollIntoView:!0,userEvent:"input"})),
!0}}var _d=[{key:"Ctrl-b",run:$h,shift:Zh,preventDefault:!0},{key:"Ctrl-f",run:_h,shift:ec},{key:"Ctrl-p",run:Gh,shift:nc},{key:"Ctrl-n",run:Yh,shift:sc},{key:"Ctrl\
-a",run:Md,shift:Pd},{key:"Ctrl-e",run:Td,shift:Id},{key:"Ctrl-d",run:lc},{key:"Ctrl-h",run:vo},{key:"Ctrl-k",run:Fd},{key:"Ctrl-Alt-h",run:hc},{key:"Ctrl-o",run:zd},
{key:"Ctrl-t",run:Kd},{key:"Ctrl-v",run:ko}],fc=[{key:"ArrowLeft",run:$h,shift:Zh,preventDefault:!0},{key:"Mod-ArrowLeft",mac:"Alt-ArrowLeft",run:wd,shift:Dd,preventDefault:!0},
{mac:"Cmd-ArrowLeft",run:Cd,shift:Ld,preventDefault:!0},{key:"ArrowRight",run:_h,shift:ec,preventDefault:!0},{key:"Mod-ArrowRight",mac:"Alt-ArrowRight",run:kd,shift:Od,
preventDefault:!0},{mac:"Cmd-ArrowRight",run:Ad,shift:Rd,preventDefault:!0},{key:"ArrowUp",run:Gh,shift:nc,preventDefault:!0},{mac:"Cmd-ArrowUp",run:Eh,shift:Rh},
{mac:"Ctrl-ArrowUp",run:Dh,shift:Oh},{key:"ArrowDown",run:Yh,shift:sc,preventDefault:!0},{mac:"Cmd-ArrowDown",run:Lh,shift:Ph},{mac:"Ctrl-ArrowDown",run:ko,shift:Bh},
{key:"PageUp",run:Dh,shift:Oh},{key:"PageDown",run:ko,shift:Bh},{key:"Home",run:Sd,shift:Ed,preventDefault:!0},{key:"Mod-Home",run:Eh,shift:Rh},{key:"End",run:vd,
shift:Bd,preventDefault:!0},{key:"Mod-End",run:Lh,shift:Ph},{key:"Enter",run:Ih,shift:Ih},{key:"Mod-a",run:Nd},{key:"Backspace",run:vo,shift:vo,preventDefault:!0},
{key:"Delete",run:lc,preventDefault:!0},{key:"Mod-Backspace",mac:"Alt-Backspace",run:hc,preventDefault:!0},{key:"Mod-Delete",mac:"Alt-Delete",run:Wd,preventDefault:!0},
{mac:"Mod-Backspace",run:Hd,preventDefault:!0},{mac:"Mod-Delete",run:Vd,preventDefault:!0}].concat(_d.map(n=>({mac:n.key,run:n.run,shift:n.shift})));var uc=typeof String.prototype.normalize=="function"?n=>n.normalize("NFKD"):n=>n,Vt=class{constructor(e,t,i=0,s=e.length,r,o){this.test=o,this.value={from:0,to:0,
precise:!1},this.done=!1,this.matches=[],this.buffer="",this.bufferPos=0,this.iter=e.iterRange(i,s),this.bufferStart=i,this.normalize=r?l=>r(uc(l)):uc,this.query=
this.normalize(t)}peek(){if(this.bufferPos==this.buffer.length){if(this.bufferStart+=this.buffer.length,this.iter.next(),this.iter.done)return-1;this.bufferPos=
0,this.buffer=this.iter.value}return gn(this.buffer,this.bufferPos)}next(){for(;this.matches.length;)this.matches.pop();return this.nextOverlapping()}nextOverlapping(){
for(;;){let e=this.peek();if(e<0)return this.done=!0,this;let t=ml(e),i=this.bufferStart+this.bufferPos;this.bufferPos+=yn(e);let s=this.normalize(t);if(s.length)
for(let r=0,o=i,l=!0;;r++){let a=s.charCodeAt(r),h=this.match(a,o,l,this.bufferPos+this.bufferStart,r==s.length-1);if(h)return this.value=h,this;if(r==s.length-
1)break;l&&r<t.length&&t.charCodeAt(r)==a?o++:l=!1}}}match(e,t,i,s,r){let o=null;for(let l=0;l<this.matches.length;){let a=this.matches[l],h=!1;this.query.charCodeAt(
a.index)==e&&(a.index==this.query.length-1?o={from:a.from,to:s,precise:r&&a.precise}:(a.index++,h=!0)),h?l++:this.matches.splice(l,1)}return this.query.charCodeAt(
0)==e&&(this.query.length==1?o={from:t,to:s,precise:i&&r}:this.matches.push({from:t,index:1,precise:i})),o&&this.test&&!this.test(o.from,o.to,this.buffer,this.bufferStart)&&
(o=null),o}};typeof Symbol<"u"&&(Vt.prototype[Symbol.iterator]=function(){return this});var pc={from:-1,to:-1,match:/.*/.exec(""),precise:!0},Bo="gm"+(/x/.unicode==
null?"":"u"),hs=class{constructor(e,t,i,s=0,r=e.length){if(this.text=e,this.to=r,this.curLine="",this.done=!1,this.value=pc,/\\[sWDnr]|\n|\r|\[\^/.test(t))return new fs(
e,t,i,s,r);this.re=new RegExp(t,Bo+(i?.ignoreCase?"i":"")),this.test=i?.test,this.iter=e.iter();let o=e.lineAt(s);this.curLineStart=o.from,this.matchPos=us(e,s),
this.getLine(this.curLineStart)}getLine(e){this.iter.next(e),this.iter.lineBreak?this.curLine="":(this.curLine=this.iter.value,this.curLineStart+this.curLine.length>
this.to&&(this.curLine=this.curLine.slice(0,this.to-this.curLineStart)),this.iter.next())}nextLine(){this.curLineStart=this.curLineStart+this.curLine.length+1,this.
curLineStart>this.to?this.curLine="":this.getLine(0)}next(){for(let e=this.matchPos-this.curLineStart;;){this.re.lastIndex=e;let t=this.matchPos<=this.to&&this.
re.exec(this.curLine);if(t){let i=this.curLineStart+t.index,s=i+t[0].length;if(this.matchPos=us(this.text,s+(i==s?1:0)),i==this.curLineStart+this.curLine.length&&
this.nextLine(),(i<s||i>this.value.to)&&(!this.test||this.test(i,s,t)))return this.value={from:i,to:s,precise:!0,match:t},this;e=this.matchPos-this.curLineStart}else if(this.
curLineStart+this.curLine.length<this.to)this.nextLine(),e=0;else return this.done=!0,this}}},Co=new WeakMap,cs=class n{constructor(e,t){this.from=e,this.text=t}get to(){
return this.from+this.text.length}static get(e,t,i){let s=Co.get(e);if(!s||s.from>=i||s.to<=t){let l=new n(t,e.sliceString(t,i));return Co.set(e,l),l}if(s.from==
t&&s.to==i)return s;let{text:r,from:o}=s;return o>t&&(r=e.sliceString(t,o)+r,o=t),s.to<i&&(r+=e.sliceString(s.to,i)),Co.set(e,new n(o,r)),new n(t,r.slice(t-o,i-
o))}},fs=class{constructor(e,t,i,s,r){this.text=e,this.to=r,this.done=!1,this.value=pc,this.matchPos=us(e,s),this.re=new RegExp(t,Bo+(i?.ignoreCase?"i":"")),this.
test=i?.test,this.flat=cs.get(e,s,this.chunkEnd(s+5e3))}chunkEnd(e){return e>=this.to?this.to:this.text.lineAt(e).to}next(){for(;;){let e=this.re.lastIndex=this.
matchPos-this.flat.from,t=this.re.exec(this.flat.text);if(t&&!t[0]&&t.index==e&&(this.re.lastIndex=e+1,t=this.re.exec(this.flat.text)),t){let i=this.flat.from+t.
index,s=i+t[0].length;if((this.flat.to>=this.to||t.index+t[0].length<=this.flat.text.length-10)&&(!this.test||this.test(i,s,t)))return this.value={from:i,to:s,precise:!0,
match:t},this.matchPos=us(this.text,s+(i==s?1:0)),this}if(this.flat.to==this.to)return this.done=!0,this;this.flat=cs.get(this.text,this.flat.from,this.chunkEnd(
this.flat.from+this.flat.text.length*2))}}};typeof Symbol<"u"&&(hs.prototype[Symbol.iterator]=fs.prototype[Symbol.iterator]=function(){return this});function jd(n){
try{return new RegExp(n,Bo),!0}catch{return!1}}function us(n,e){if(e>=n.length)return e;let t=n.lineAt(e),i;for(;e<t.to&&(i=t.text.charCodeAt(e-t.from))>=56320&&
i<57344;)e++;return e}var Ud=n=>{let e=ah(n,"cm-goto-line");if(e){let o=e.dom.querySelector("input[type=text]");return o&&o.select(),!0}let{state:t}=n,i=String(
t.doc.lineAt(n.state.selection.main.head).number),{close:s,result:r}=lh(n,{class:"cm-goto-line",label:t.phrase("Go to line"),input:{type:"text",name:"line",value:i},
focus:!0,submitLabel:t.phrase("go")});return r.then(o=>{let l=o&&/^([+-])?(\d+)?(:\d+)?(%)?$/.exec(o.elements.line.value);if(!l){n.dispatch({effects:s});return}
let a=t.doc.lineAt(t.selection.main.head),[,h,c,f,u]=l,d=f?+f.slice(1):0,p=c?+c:a.number;if(c&&u){let y=p/100;h&&(y=y*(h=="-"?-1:1)+a.number/t.doc.lines),p=Math.
round(t.doc.lines*y)}else c&&h&&(p=p*(h=="-"?-1:1)+a.number);let m=t.doc.line(Math.max(1,Math.min(t.doc.lines,p))),g=x.cursor(m.from+Math.max(0,Math.min(d,m.length)));
n.dispatch({effects:[s,E.scrollIntoView(g.from,{y:"center"})],selection:g})}),!0};var Gd=({state:n,dispatch:e})=>{let{selection:t}=n,i=x.create(t.ranges.map(s=>n.wordAt(s.head)||x.cursor(s.head)),t.mainIndex);return i.eq(t)?!1:(e(n.update({selection:i})),
!0)};function Yd(n,e){let{main:t,ranges:i}=n.selection,s=n.wordAt(t.head),r=s&&s.from==t.from&&s.to==t.to;for(let o=!1,l=new Vt(n.doc,e,i[i.length-1].to);;)if(l.
next(),l.done){if(o)return null;l=new Vt(n.doc,e,0,Math.max(0,i[i.length-1].from-1)),o=!0}else{if(o&&i.some(a=>a.from==l.value.from))continue;if(r){let a=n.wordAt(
l.value.from);if(!a||a.from!=l.value.from||a.to!=l.value.to)continue}return l.value}}var Jd=({state:n,dispatch:e})=>{let{ranges:t}=n.selection;if(t.some(r=>r.from===
r.to))return Gd({state:n,dispatch:e});let i=n.sliceDoc(t[0].from,t[0].to);if(n.selection.ranges.some(r=>n.sliceDoc(r.from,r.to)!=i))return!1;let s=Yd(n,i);return s?
(e(n.update({selection:n.selection.addRange(x.range(s.from,s.to),!1),effects:E.scrollIntoView(s.to)})),!0):!1},zt=D.define({combine(n){return Ot(n,{top:!1,caseSensitive:!1,
literal:!1,regexp:!1,wholeWord:!1,createPanel:e=>new Do(e),scrollToMatch:e=>E.scrollIntoView(e)})}});function mc(n){return n?[zt.of(n),Oo]:Oo}var ds=class{constructor(e){
this.search=e.search,this.caseSensitive=!!e.caseSensitive,this.literal=!!e.literal,this.regexp=!!e.regexp,this.replace=e.replace||"",this.valid=!!this.search&&(!this.
regexp||jd(this.search)),this.unquoted=this.unquote(this.search),this.wholeWord=!!e.wholeWord,this.test=e.test}unquote(e){return this.literal?e:e.replace(/\\([nrt\\])/g,
(t,i)=>i=="n"?`
`:i=="r"?"\r":i=="t"?"	":"\\")}eq(e){return this.search==e.search&&this.replace==e.replace&&this.caseSensitive==e.caseSensitive&&this.regexp==e.regexp&&this.wholeWord==
e.wholeWord&&this.test==e.test}create(){return this.regexp?new Mo(this):new Ao(this)}getCursor(e,t=0,i){let s=e.doc?e:$.create({doc:e});return i==null&&(i=s.doc.
length),this.regexp?xi(this,s,t,i):bi(this,s,t,i)}},ps=class{constructor(e){this.spec=e}};function Xd(n,e,t){return(i,s,r,o)=>{if(t&&!t(i,s,r,o))return!1;let l=i>=
o&&s<=o+r.length?r.slice(i-o,s-o):e.doc.sliceString(i,s);return n(l,e,i,s)}}function bi(n,e,t,i){let s;return n.wholeWord&&(s=Qd(e.doc,e.charCategorizer(e.selection.
main.head))),n.test&&(s=Xd(n.test,e,s)),new Vt(e.doc,n.unquoted,t,i,n.caseSensitive?void 0:r=>r.toLowerCase(),s)}function Qd(n,e){return(t,i,s,r)=>((r>t||r+s.length<
i)&&(r=Math.max(0,t-2),s=n.sliceString(r,Math.min(n.length,i+2))),(e(ms(s,t-r))!=ie.Word||e(gs(s,t-r))!=ie.Word)&&(e(gs(s,i-r))!=ie.Word||e(ms(s,i-r))!=ie.Word))}
var Ao=class extends ps{constructor(e){super(e)}nextMatch(e,t,i){let s=bi(this.spec,e,i,e.doc.length).nextOverlapping();if(s.done){let r=Math.min(e.doc.length,t+
this.spec.unquoted.length);s=bi(this.spec,e,0,r).nextOverlapping()}return s.done||s.value.from==t&&s.value.to==i?null:s.value}prevMatchInRange(e,t,i){for(let s=i;;){
let r=Math.max(t,s-1e4-this.spec.unquoted.length),o=bi(this.spec,e,r,s),l=null;for(;!o.nextOverlapping().done;)l=o.value;if(l)return l;if(r==t)return null;s-=1e4}}prevMatch(e,t,i){
let s=this.prevMatchInRange(e,0,t);return s||(s=this.prevMatchInRange(e,Math.max(0,i-this.spec.unquoted.length),e.doc.length)),s&&(s.from!=t||s.to!=i)?s:null}getReplacement(e){
return this.spec.unquote(this.spec.replace)}matchAll(e,t){let i=bi(this.spec,e,0,e.doc.length),s=[];for(;!i.next().done;){if(s.length>=t)return null;s.push(i.value)}
return s}highlight(e,t,i,s){let r=bi(this.spec,e,Math.max(0,t-this.spec.unquoted.length),Math.min(i+this.spec.unquoted.length,e.doc.length));for(;!r.next().done;)
s(r.value.from,r.value.to)}};function Zd(n,e,t){return(i,s,r)=>(!t||t(i,s,r))&&n(r[0],e,i,s)}function xi(n,e,t,i){let s;return n.wholeWord&&(s=ep(e.charCategorizer(
e.selection.main.head))),n.test&&(s=Zd(n.test,e,s)),new hs(e.doc,n.search,{ignoreCase:!n.caseSensitive,test:s},t,i)}function ms(n,e){return n.slice(Z(n,e,!1),e)}
function gs(n,e){return n.slice(e,Z(n,e))}function ep(n){return(e,t,i)=>!i[0].length||(n(ms(i.input,i.index))!=ie.Word||n(gs(i.input,i.index))!=ie.Word)&&(n(gs(
i.input,i.index+i[0].length))!=ie.Word||n(ms(i.input,i.index+i[0].length))!=ie.Word)}var Mo=class extends ps{nextMatch(e,t,i){let s=xi(this.spec,e,i,e.doc.length).
next();return s.done&&(s=xi(this.spec,e,0,t).next()),s.done?null:s.value}prevMatchInRange(e,t,i){for(let s=1;;s++){let r=Math.max(t,i-s*1e4),o=xi(this.spec,e,r,
i),l=null;for(;!o.next().done;)l=o.value;if(l&&(r==t||l.from>r+10))return l;if(r==t)return null}}prevMatch(e,t,i){return this.prevMatchInRange(e,0,t)||this.prevMatchInRange(
e,i,e.doc.length)}getReplacement(e){return this.spec.unquote(this.spec.replace).replace(/\$([$&]|\d+)/g,(t,i)=>{if(i=="&")return e.match[0];if(i=="$")return"$";
for(let s=i.length;s>0;s--){let r=+i.slice(0,s);if(r>0&&r<e.match.length)return e.match[r]+i.slice(s)}return t})}matchAll(e,t){let i=xi(this.spec,e,0,e.doc.length),
s=[];for(;!i.next().done;){if(s.length>=t)return null;s.push(i.value)}return s}highlight(e,t,i,s){let r=xi(this.spec,e,Math.max(0,t-250),Math.min(i+250,e.doc.length));
for(;!r.next().done;)s(r.value.from,r.value.to)}},Zi=W.define(),Eo=W.define(),wt=he.define({create(n){return new Qi(To(n).create(),null)},update(n,e){for(let t of e.
effects)t.is(Zi)?n=new Qi(t.value.create(),n.panel):t.is(Eo)&&(n=new Qi(n.query,t.value?Lo:null));return n},provide:n=>zi.from(n,e=>e.panel)});var Qi=class{constructor(e,t){this.query=e,this.panel=t}},tp=V.mark({class:"cm-searchMatch"}),ip=V.mark({class:"cm-searchMatch cm-searchMatch-selected"}),np=De.
fromClass(class{constructor(n){this.view=n,this.decorations=this.highlight(n.state.field(wt))}update(n){let e=n.state.field(wt);(e!=n.startState.field(wt)||n.docChanged||
n.selectionSet||n.viewportChanged)&&(this.decorations=this.highlight(e))}highlight({query:n,panel:e}){if(!e||!n.spec.valid)return V.none;let{view:t}=this,i=new Ie;
for(let s=0,r=t.visibleRanges,o=r.length;s<o;s++){let{from:l,to:a}=r[s];for(;s<o-1&&a>r[s+1].from-500;)a=r[++s].to;n.highlight(t.state,l,a,(h,c)=>{let f=t.state.
selection.ranges.some(u=>u.from==h&&u.to==c);i.add(h,c,f?ip:tp)})}return i.finish()}},{decorations:n=>n.decorations});function en(n){return e=>{let t=e.state.field(
wt,!1);return t&&t.query.spec.valid?n(e,t):bc(e)}}var ys=en((n,{query:e})=>{let{to:t}=n.state.selection.main,i=e.nextMatch(n.state,t,t);if(!i)return!1;let s=x.single(
i.from,i.to),r=n.state.facet(zt);return n.dispatch({selection:s,effects:[Ro(n,i),r.scrollToMatch(s.main,n)],userEvent:"select.search"}),yc(n),!0}),bs=en((n,{query:e})=>{
let{state:t}=n,{from:i}=t.selection.main,s=e.prevMatch(t,i,i);if(!s)return!1;let r=x.single(s.from,s.to),o=n.state.facet(zt);return n.dispatch({selection:r,effects:[
Ro(n,s),o.scrollToMatch(r.main,n)],userEvent:"select.search"}),yc(n),!0}),sp=en((n,{query:e})=>{let t=e.matchAll(n.state,1e3);return!t||!t.length?!1:(n.dispatch(
{selection:x.create(t.map(i=>x.range(i.from,i.to))),userEvent:"select.search.matches"}),!0)}),rp=({state:n,dispatch:e})=>{let t=n.selection;if(t.ranges.length>1||
t.main.empty)return!1;let{from:i,to:s}=t.main,r=[],o=0;for(let l=new Vt(n.doc,n.sliceDoc(i,s));!l.next().done;){if(r.length>1e3)return!1;l.value.from==i&&(o=r.length),
r.push(x.range(l.value.from,l.value.to))}return e(n.update({selection:x.create(r,o),userEvent:"select.search.matches"})),!0},dc=en((n,{query:e})=>{let{state:t}=n,
{from:i,to:s}=t.selection.main;if(t.readOnly)return!1;let r=e.nextMatch(t,i,i);if(!r)return!1;let o=r,l=[],a,h,c=[];o.precise?o.from==i&&o.to==s&&(h=t.toText(e.
getReplacement(o)),l.push({from:o.from,to:o.to,insert:h}),o=e.nextMatch(t,o.from,o.to),c.push(E.announce.of(t.phrase("replaced match on line $",t.doc.lineAt(i).
number)+"."))):o=e.nextMatch(t,o.from,o.to);let f=n.state.changes(l);return o&&(a=x.single(o.from,o.to).map(f),c.push(Ro(n,o)),c.push(t.facet(zt).scrollToMatch(
a.main,n))),n.dispatch({changes:f,selection:a,effects:c,userEvent:"input.replace"}),!0}),op=en((n,{query:e})=>{if(n.state.readOnly)return!1;let t=[];for(let s of e.
matchAll(n.state,1e9)){let{from:r,to:o,precise:l}=s;l&&t.push({from:r,to:o,insert:e.getReplacement(s)})}if(!t.length)return!1;let i=n.state.phrase("replaced $ m\
atches",t.length)+".";return n.dispatch({changes:t,effects:E.announce.of(i),userEvent:"input.replace.all"}),!0});function Lo(n){return n.state.facet(zt).createPanel(
n)}function To(n,e){var t,i,s,r,o;let l=n.selection.main,a=l.empty||l.to>l.from+100?"":n.sliceDoc(l.from,l.to);if(e&&!a)return e;let h=n.facet(zt);return new ds(
{search:((t=e?.literal)!==null&&t!==void 0?t:h.literal)?a:a.replace(/\n/g,"\\n"),caseSensitive:(i=e?.caseSensitive)!==null&&i!==void 0?i:h.caseSensitive,literal:(s=
e?.literal)!==null&&s!==void 0?s:h.literal,regexp:(r=e?.regexp)!==null&&r!==void 0?r:h.regexp,wholeWord:(o=e?.wholeWord)!==null&&o!==void 0?o:h.wholeWord})}function gc(n){
let e=Un(n,Lo);return e&&e.dom.querySelector("[main-field]")}function yc(n){let e=gc(n);e&&e==n.root.activeElement&&e.select()}var bc=n=>{let e=n.state.field(wt,
!1);if(e&&e.panel){let t=gc(n);if(t&&t!=n.root.activeElement){let i=To(n.state,e.query.spec);i.valid&&n.dispatch({effects:Zi.of(i)}),t.focus(),t.select()}}else n.
dispatch({effects:[Eo.of(!0),e?Zi.of(To(n.state,e.query.spec)):W.appendConfig.of(Oo)]});return!0},xc=n=>{let e=n.state.field(wt,!1);if(!e||!e.panel)return!1;let t=Un(
n,Lo);return t&&t.dom.contains(n.root.activeElement)&&n.focus(),n.dispatch({effects:Eo.of(!1)}),!0},wc=[{key:"Mod-f",run:bc,scope:"editor search-panel"},{key:"F\
3",run:ys,shift:bs,scope:"editor search-panel",preventDefault:!0},{key:"Mod-g",run:ys,shift:bs,scope:"editor search-panel",preventDefault:!0},{key:"Escape",run:xc,
scope:"editor search-panel"},{key:"Mod-Shift-l",run:rp},{key:"Mod-Alt-g",run:Ud},{key:"Mod-d",run:Jd,preventDefault:!0}],Do=class{constructor(e){this.view=e;let t=this.
query=e.state.field(wt).query.spec;this.commit=this.commit.bind(this),this.searchField=ee("input",{value:t.search,placeholder:we(e,"Find"),"aria-label":we(e,"Fi\
nd"),class:"cm-textfield",name:"search",form:"","main-field":"true",onchange:this.commit,onkeyup:this.commit}),this.replaceField=ee("input",{value:t.replace,placeholder:we(
e,"Replace"),"aria-label":we(e,"Replace"),class:"cm-textfield",name:"replace",form:"",onchange:this.commit,onkeyup:this.commit}),this.caseField=ee("input",{type:"\
checkbox",name:"case",form:"",checked:t.caseSensitive,onchange:this.commit}),this.reField=ee("input",{type:"checkbox",name:"re",form:"",checked:t.regexp,onchange:this.
commit}),this.wordField=ee("input",{type:"checkbox",name:"word",form:"",checked:t.wholeWord,onchange:this.commit});function i(s,r,o){return ee("button",{class:"\
cm-button",name:s,onclick:r,type:"button"},o)}this.dom=ee("div",{onkeydown:s=>this.keydown(s),class:"cm-search"},[this.searchField,i("next",()=>ys(e),[we(e,"nex\
t")]),i("prev",()=>bs(e),[we(e,"previous")]),i("select",()=>sp(e),[we(e,"all")]),ee("label",null,[this.caseField,we(e,"match case")]),ee("label",null,[this.reField,
we(e,"regexp")]),ee("label",null,[this.wordField,we(e,"by word")]),...e.state.readOnly?[]:[ee("br"),this.replaceField,i("replace",()=>dc(e),[we(e,"replace")]),i(
"replaceAll",()=>op(e),[we(e,"replace all")])],ee("button",{name:"close",onclick:()=>xc(e),"aria-label":we(e,"close"),type:"button"},["\xD7"])])}commit(){let e=new ds(
{search:this.searchField.value,caseSensitive:this.caseField.checked,regexp:this.reField.checked,wholeWord:this.wordField.checked,replace:this.replaceField.value});
e.eq(this.query)||(this.query=e,this.view.dispatch({effects:Zi.of(e)}))}keydown(e){sh(this.view,e,"search-panel")?e.preventDefault():e.keyCode==13&&e.target==this.
searchField?(e.preventDefault(),(e.shiftKey?bs:ys)(this.view)):e.keyCode==13&&e.target==this.replaceField&&(e.preventDefault(),dc(this.view))}update(e){for(let t of e.
transactions)for(let i of t.effects)i.is(Zi)&&!i.value.eq(this.query)&&this.setQuery(i.value)}setQuery(e){this.query=e,this.searchField.value=e.search,this.replaceField.
value=e.replace,this.caseField.checked=e.caseSensitive,this.reField.checked=e.regexp,this.wordField.checked=e.wholeWord}mount(){this.searchField.select()}get pos(){
return 80}get top(){return this.view.state.facet(zt).top}};function we(n,e){return n.state.phrase(e)}var ls=30,as=/[\s\.,:;?!]/;function Ro(n,{from:e,to:t}){let i=n.
state.doc.lineAt(e),s=n.state.doc.lineAt(t).to,r=Math.max(i.from,e-ls),o=Math.min(s,t+ls),l=n.state.sliceDoc(r,o);if(r!=i.from){for(let a=0;a<ls;a++)if(!as.test(
l[a+1])&&as.test(l[a])){l=l.slice(a);break}}if(o!=s){for(let a=l.length-1;a>l.length-ls;a--)if(!as.test(l[a-1])&&as.test(l[a])){l=l.slice(0,a);break}}return E.announce.
of(`${n.state.phrase("current match")}. ${l} ${n.state.phrase("on line")} ${i.number}.`)}var lp=E.baseTheme({".cm-panel.cm-search":{padding:"2px 6px 4px",position:"\
relative","& [name=close]":{position:"absolute",top:"0",right:"4px",backgroundColor:"inherit",border:"none",font:"inherit",padding:0,margin:0},"& input, & butto\
n, & label":{margin:".2em .6em .2em 0"},"& input[type=checkbox]":{marginRight:".2em"},"& label":{fontSize:"80%",whiteSpace:"pre"}},"&light .cm-searchMatch":{backgroundColor:"\
#ffff0054"},"&dark .cm-searchMatch":{backgroundColor:"#00ffff8a"},"&light .cm-searchMatch-selected":{backgroundColor:"#ff6a0054"},"&dark .cm-searchMatch-selecte\
d":{backgroundColor:"#ff00ff8a"}}),Oo=[wt,et.low(np),lp];var vc=/<%.*?(?:%>|$)|\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/y,ap=/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y,hp=/[\w.$/-]+(?=\s*:(?:\s|$))/y,cp=/(?:true|false|null|~|-?\d+(?:\.\d+)?)(?=$|[\s,\]}])/y,
fp=/#.*/y,up=/[\w.$/-]+|\s+|./y,dp=/[\s[{,:=(]/;function Kt(n,e,t){return n.lastIndex=t,n.exec(e)?.[0]}function kc(n,e,t){let i=0;for(let s=0;s<n.length;s++){if(n[s]!==
"<"&&n[s]!=="{")continue;let r=Kt(vc,n,s);r&&(s>i&&t.push([e,n.slice(i,s)]),t.push(["expression",r]),i=s+r.length,s=i-1)}i<n.length&&t.push([e,n.slice(i)])}function Sc(n,e){
let t=[];if(e)return kc(n,"string",t),t;for(let i=0;i<n.length;){let s=i===0?" ":n[i-1],r=Kt(vc,n,i),o=dp.test(s),l=o&&!r?Kt(ap,n,i):void 0,a=/\s/.test(s)?Kt(fp,
n,i):void 0,h=o?Kt(hp,n,i):void 0,c=o?Kt(cp,n,i):void 0,f=r??l??a??h??c??Kt(up,n,i);if(l)/^\s*:(?:\s|$)/.test(n.slice(i+l.length))?t.push(["key",l]):kc(l,"strin\
g",t);else if(r||a||h||c)t.push([r?"expression":a?"comment":h?"key":"literal",f]);else{let u=t[t.length-1];u?.[0]===""?u[1]+=f:t.push(["",f])}i+=f.length}return t}
var Po=300,pp=/(?:^|[\s:-])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;function Cc(n,e,t){let i=[],s;for(let r=Math.max(0,e-Po);r<Math.min(t,n.length);r++){let o=n[r].search(
/\S/);s!==void 0&&o>=0&&o<=s&&(s=void 0);let l=s!==void 0;!l&&o>=0&&pp.test(n[r])&&(s=o),r>=e&&i.push(l)}return i}var Ac=`
.place { position: relative; }
.cm-editor { background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; font-size: 12.5px; height: 55vh; min-height: 240px;\
 }
.cm-editor.cm-focused { outline: 2px solid var(--accent); outline-offset: 1px; }
.cm-editor .cm-scroller { font-family: ui-monospace, monospace; line-height: 1.45; overflow: auto; border-radius: 6px; }
.cm-editor .cm-content { caret-color: var(--ink); padding: 4px 0; }
.cm-editor .cm-gutters { background: var(--back); color: var(--muted); border-right: 1px solid var(--line); }
.cm-editor .cm-selectionMatch, .cm-editor .cm-searchMatch { background: color-mix(in srgb, var(--paused) 30%, transparent); }
.cm-editor .cm-searchMatch-selected { background: color-mix(in srgb, var(--accent) 40%, transparent); }
.cm-editor .cm-panels { background: var(--back); color: var(--ink); border-bottom: 1px solid var(--line); }
.cm-editor .cm-panels button, .cm-editor .cm-panels input { font: inherit; font-family: system-ui; color: var(--ink); background: var(--panel); border: 1px soli\
d var(--line); border-radius: 6px; min-height: 24px; }
.cm-editor .cm-panel.cm-search { padding-right: 34px; } .cm-editor .cm-panel.cm-search label { display: inline-flex; align-items: center; gap: 4px; margin: 2px \
6px 2px 0; font-family: system-ui; font-size: 12.5px; } .cm-editor .cm-panel.cm-search input[type=checkbox] { min-height: 0; margin: 0; } .cm-editor .cm-panel.c\
m-search button { background-image: none; font-size: 12.5px; }
.cm-editor .cm-panels [name=close] { min-width: 24px; font-size: 16px; }
.of-key { color: var(--accent); } .of-string { color: var(--success); } .of-literal { color: var(--delayed); } .of-comment { color: var(--muted); } .of-expressi\
on { color: var(--cancelled); }
.is-wrong, .is-doubtful { text-decoration: underline wavy var(--error); text-decoration-skip-ink: none; text-underline-offset: 3px; } .is-doubtful { text-decora\
tion-color: var(--paused); }
.offers { position: absolute; z-index: 5; list-style: none; margin: 0; padding: 4px; min-width: 200px; max-width: min(460px, 90%); max-height: 220px; overflow: \
auto; background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 16px #0003; font: 14px/1.45 system-ui, s\
ans-serif; }
.offers li { padding: 3px 8px; border-radius: 5px; cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.offers [aria-selected=true] { background: var(--hover); outline: 1px solid var(--accent); }
.muted { color: var(--muted); }
`;var mp=1e5,gp=200,yp=De.fromClass(class{decorations;constructor(n){this.decorations=Mc(n)}update(n){(n.docChanged||n.viewportChanged)&&(this.decorations=Mc(n.view))}},
{decorations:n=>n.decorations}),bp=new Map(["key","string","literal","comment","expression"].map(n=>[n,V.mark({class:`of-${n}`})]));function Mc({state:{doc:n},viewport:e}){
let t=new Ie,[i,s]=[n.lineAt(e.from).number,n.lineAt(e.to).number],r=Math.max(1,i-Po),o=[];for(let l=r;l<=s;l++)o.push(n.line(l).text);return Cc(o,i-r,o.length).
forEach((l,a)=>{let h=n.line(i+a).from;for(let[c,f]of Sc(o[i-r+a],l))c&&f&&t.add(h,h+f.length,bp.get(c)),h+=f.length}),t.finish()}var Dc=W.define(),xp=he.define(
{create:()=>V.none,update:(n,{changes:e,effects:t,state:i})=>t.reduce((s,r)=>r.is(Dc)?wp(i.doc,r.value):s,n.map(e)),provide:n=>E.decorations.from(n)});function wp(n,e){
let t=(i,s)=>{let r=n.line(Math.max(1,Math.min(n.lines,i)));return r.from+[...r.text].slice(0,s-1).join("").length};return V.set(e.flatMap(({line:i,column:s,end_line:r,
end_column:o,severity:l,message:a})=>{let h=Math.min(t(i,s),n.length-1),c=Math.min(Math.max(t(r??i,o??s),h+1),n.length);return h>=0?[V.mark({class:l==="error"?"\
is-wrong":"is-doubtful",attributes:{title:a}}).range(h,c)]:[]}),!0)}var Tc=(n,e)=>E.contentAttributes.of({"aria-label":n,"aria-autocomplete":"list",...e?{"aria-\
controls":"offers","aria-activedescendant":e}:{}});function Oc({area:n,label:e,value:t,active:i,over:s,problems:r,...o}){let l=Qe(null),a=Qe(o);a.current=o;let h=Qe(
void 0);return tn(()=>{let c=l.current.attachShadow({mode:"open"}),f=new CSSStyleSheet;f.replaceSync(Ac),c.adoptedStyleSheets=[f];let[u,d]=[document.createElement(
"div"),document.createElement("div")];u.className="place",c.append(u,d);let p=new Xt,m,g=()=>{clearTimeout(m),m=void 0;let b=h.current;b.known=y.state.doc.toString(),
a.current.onInput(b.known,y.state.selection.main.head)},y=new E({parent:u,root:c,state:$.create({doc:t,extensions:[et.highest(E.domEventHandlers({keydown:b=>a.current.
onKey(b),blur:()=>a.current.onBlur()})),Fh(),mc({top:!0}),Xr.of([{key:"Enter",run:cc},...wc,...Kh,...fc]),fh(),yp,xp,$.tabSize.of(2),p.of(Tc(e)),E.updateListener.
of(b=>{let w=b.transactions.some(O=>O.annotation(Q.remote));b.docChanged&&!w?b.state.doc.length<mp?g():(clearTimeout(m),m=setTimeout(g,gp)):b.selectionSet&&!b.docChanged&&
!m&&a.current.onMove(b.state.selection.main.head)})]})});return h.current={view:y,attributes:p,layer:d,known:t},n.current={text:()=>(m&&g(),h.current.known),caret:()=>y.
state.selection.main.head,focus:()=>y.focus(),show:b=>{y.focus(),y.dispatch({selection:{anchor:Math.min(b,y.state.doc.length)},effects:E.scrollIntoView(Math.min(
b,y.state.doc.length),{y:"center"})})},put:(b,w,O)=>{y.dispatch({changes:{from:b,to:w,insert:O},selection:{anchor:b+O.length}}),m&&g()},place:b=>{let[w,O]=[y.coordsAtPos(
Math.min(b,y.state.doc.length)),u.getBoundingClientRect()];return w?{left:Math.max(0,Math.min(w.left-O.left,O.width-220)),top:w.bottom-O.top+4}:{left:0,top:0}}},
()=>{clearTimeout(m),ws(null,d),y.destroy(),n.current=null}},[]),tn(()=>{let c=h.current;if(t===c.known)return;let f=c.view.state.doc.toString();c.known=t;let[u,
d,p]=[0,t.length,f.length];for(;u<d&&u<p&&t[u]===f[u];)u++;for(;d>u&&p>u&&t[d-1]===f[p-1];)d--,p--;(u<d||u<p)&&c.view.dispatch({changes:{from:u,to:p,insert:t.slice(
u,d)},annotations:Q.remote.of(!0)})},[t]),tn(()=>ws(s??null,h.current.layer)),at(()=>{let{view:c,attributes:f}=h.current;c.dispatch({effects:f.reconfigure(Tc(e,
i))})},[e,i]),at(()=>{r&&h.current.view.dispatch({effects:Dc.of(r)})},[r]),v("div",{class:"text-area",ref:l})}function Bc(n,e){let t=[],i=0;for(let[s]of Jo(n,e))s!=="+"&&t.push(s===" "?i:-1),s!=="-"&&(i+=1);return t}var Io=(n,e)=>n.length===e.length&&n.every((t,i)=>t===
e[i]);function Ec(n,e,t){let[i,s,r]=[n,e,t].map(d=>d.split(`
`)),[o,l]=[Bc(n,e),Bc(n,t)],a=[],[h,c,f]=[0,0,0],u=(d,p,m)=>{let g={base:i.slice(h,d),mine:s.slice(c,p),theirs:r.slice(f,m)};if(!g.base.length&&!g.mine.length&&
!g.theirs.length)return;let y=Io(g.mine,g.theirs)?"both":Io(g.mine,g.base)?"theirs":Io(g.theirs,g.base)?"mine":"conflict";a.push({kind:y,...g})};for(let d=0;d<i.
length;d++){if(o[d]<0||l[d]<0)continue;u(d,o[d],l[d]);let p=[i[d]],m=a[a.length-1];m?.kind==="same"?m.base.push(i[d]):a.push({kind:"same",base:p,mine:p,theirs:p}),
[h,c,f]=[d+1,o[d]+1,l[d]+1]}return u(i.length,s.length,r.length),a}function Lc(n,e){let t=0;return n.flatMap(s=>{if(s.kind==="same")return s.base;if(s.kind==="t\
heirs")return s.theirs;if(s.kind!=="conflict")return s.mine;let r=e[t++];return r==="both"?[...s.theirs,...s.mine]:r==="theirs"?s.theirs:s.mine}).join(`
`)}var kp=[["theirs","theirs"],["mine","mine"],["both","both, theirs first"]];function Rc({name:n,base:e,mine:t,theirs:i,at:s,take:r,close:o}){let l=nn(()=>Ec(e,t,
i),[e,t,i]),a=l.filter(d=>d.kind==="conflict"),[h,c]=le(()=>a.map(()=>{})),f=d=>l.filter(p=>p.kind===d).length,u=h.filter(d=>d===void 0).length;return v(_o,{title:`\
Somebody else has saved ${n}`,close:o,children:[v("p",{children:["It was changed ",v(Ko,{time:zo(s)}),", after you had begun. Nothing of it has been overwritten\
. Changed by them only: ",f("theirs"),", by you only: ",f("mine"),": both are in the merged text. ",a.length?`Changed by both: ${a.length}, for you to choose.`:
"No place was changed by both."]}),a.map((d,p)=>v("fieldset",{class:"conflict",children:[v("legend",{children:["Place ",p+1," of ",a.length]}),v("div",{class:"t\
hree",children:[["Before",d.base],["Theirs",d.theirs],["Mine",d.mine]].map(([m,g])=>v("section",{children:[v("h3",{children:m}),v("pre",{tabIndex:0,"aria-label":`${m}\
, place ${p+1}`,children:g.length?g.join(`
`):v("span",{class:"muted",children:"nothing"})})]}))}),v("p",{children:kp.map(([m,g])=>v("label",{children:[v("input",{type:"radio",name:`place-${p}`,checked:h[p]===
m,onChange:()=>c(h.map((y,b)=>b===p?m:y))})," ",g," "]}))})]})),v("div",{class:"buttons",children:[v("button",{class:"primary",disabled:u>0,onClick:()=>r(Lc(l,h)),
children:u?`Choose at ${u} ${u===1?"place":"places"}`:"Take the merged text"}),v("button",{onClick:()=>r(i),children:"Take theirs"}),v("button",{onClick:()=>r(t),
children:"Go on with mine"}),v("button",{onClick:o,children:"Leave it"})]}),v("p",{class:"muted",children:"Nothing is saved yet: the text comes into the editor,\
 and saving shows what it changes of theirs."})]})}var vp=`version: '2.0'

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
`,Sp=new Map;function og({id:n}){let e=n==="new",t=ht(e?void 0:`/v2/workflows/${St(n)}`);return e?v(Pc,{text:vp}):v($o,{of:t,children:i=>v(Pc,{text:i.definition,
namespace:i.namespace,workflow:i})})}var Cp=250,Ic=1e3,Nc=2e5,Ap=5e3;function Mp(n,e){let[t,i]=le({diagnostics:[]});return at(()=>{if(e)return;let s=new AbortController,
r,o=async()=>{try{let l=await _t("/v2/workflows/validate?diagnostics=true",{method:"POST",text:n,signal:s.signal});i(a=>({...a,valid:l.valid,message:l.error,diagnostics:l.
diagnostics??[],failed:void 0}))}catch(l){if(l.name==="AbortError")return;i(a=>({...a,valid:void 0,failed:l.message})),r=setTimeout(o,Ap);return}try{let l=await _t(
"/v2/graphs",{method:"POST",text:n,signal:s.signal});i(a=>({...a,graph:l}))}catch{}};return r=setTimeout(o,n.length>Nc?Ic:Cp),()=>{clearTimeout(r),s.abort()}},[
n,e]),t}function No(n,e,t){let i=0;for(let s=1;s<e;s++){let r=n.indexOf(`
`,i);if(r<0)return n.length;i=r+1}return i+t-1}function Tp(n){let e=ht("/v2/actions?limit=1000&fields=name,input"),t=ht("/v2/workflows?limit=1000&fields=name"),
i=ht("/v2/expressions/functions");return{actions:e.data?.actions??[],workflows:t.data?.workflows.map(s=>s.name)??[],functions:i.data?.functions??[],sample:n}}function Dp(n,e){
let[t,i]=le(""),s=ht(t?`/v2/executions/${St(t)}/tasks?limit=1000&fields=id,name`:void 0),r=As(n,e),o=r.lastIndexOf("tasks"),l=n.slice(n.lastIndexOf(`
`,e-1)+1).split(`
`)[0],a=o>=0?r[o+1]??/^\s*([\w.-]+):/.exec(l)?.[1]:void 0,h=s.data?.tasks.find(f=>f.name===a),c=ht(h&&`/v2/tasks/${St(h.id)}/context`);return{sampled:{run:t,context:c.
data?.context,task:h?.name},choose:i,taskId:h?.id}}function Op({offer:n,at:e,place:t,take:i}){let s=Qe(null);return at(()=>s.current?.children[e]?.scrollIntoView(
{block:"nearest"}),[e]),v("ul",{ref:s,id:"offers",class:"offers",role:"listbox","aria-label":"What fits here",style:{left:`${t.left}px`,top:`${t.top}px`},children:n.
items.map((r,o)=>v("li",{id:`offer-${o}`,role:"option","aria-selected":o===e,onPointerDown:l=>{l.preventDefault(),i(r)},children:[v("strong",{children:r.text}),
" ",v("span",{class:"muted",children:r.note})]}))})}function Bp(n){try{return JSON.parse(ki.get(n)??"null")??void 0}catch{return}}function Pc({text:n,namespace:e,
workflow:t}){let i=`draft.${t?.id??"new"}`,[s]=le(()=>Bp(i)),[r,o]=le(s?.text??n),[l,a]=le(()=>s&&t?{...t,definition:s.base,checksum:s.checksum??void 0}:t),[h,c]=le(),
f=l?.definition??n,[u,d]=le(),[p,m]=le(!1),g=l?"workflows:update":"workflows:create",y=Uo(g),b=Qe(null),[w,O]=le(0),[A,B]=le(),[T,K]=le(0),[P,j]=le(),{sampled:R,
choose:L,taskId:q}=Dp(r,w),G=Tp(R.context),I=Mp(r,A!==void 0),[Le,kt]=le(),vt=(k,H,te)=>{k===H?ki.drop(i):ki.set(i,JSON.stringify({text:k,base:H,checksum:te}))},
Re=k=>o(k),qt=Qe(void 0),ke=Qe(!1);qt.current=()=>ke.current||vt(r,f,l?.checksum),at(()=>{let k=setTimeout(()=>qt.current?.(),r.length>Nc?Ic:0);return()=>clearTimeout(
k)},[r,f]),at(()=>{let k=()=>qt.current?.();return addEventListener("pagehide",k),()=>{removeEventListener("pagehide",k),k()}},[]);let se=(k,H,te)=>{O(H),B(tl(k,
H,G,te)),K(0)},de=k=>{b.current.put(A.from,b.current.caret(),k.insert??k.text),B(void 0)},ve=async()=>{let k=b.current.text(),H=Cs(k,b.current.caret());if(!H)return;
let te=k.slice(H.from,H.to),lt=q?{expression:te,task_execution_id:q}:{expression:te,context:{}};try{j({text:te,of:R.task,answer:await _t("/v2/expressions",{method:"\
POST",json:lt})})}catch(Fc){j({text:te,of:R.task,answer:{error:Fc.message,took_us:0}})}},Pe=k=>{if(!A)return!1;let H={ArrowDown:1,ArrowUp:-1}[k.key];if(H)K((T+H+
A.items.length)%A.items.length);else if(k.key==="Enter"||k.key==="Tab")de(A.items[T]);else if(k.key==="Escape")B(void 0);else return!1;return k.preventDefault(),
!0},Xe=async()=>{let k=b.current.text(),H=l?.checksum?{"If-Match":`"${l.checksum}"`}:void 0,te;try{te=await _t(`/v2/workflows${ks({namespace:e})}`,{method:l?"PU\
T":"POST",text:k,headers:H})}catch(lt){if(!l||lt.status!==412)throw lt;return c(await _t(`/v2/workflows/${St(l.id)}`))}ki.drop(i),ke.current=!0,Vo(`/workflows/${St(
te.workflows[0].id)}`)},ot=()=>Xe().catch(k=>d(k)),$t=(k,H=1)=>b.current?.show(No(r,k,H)),Wo=k=>{let H=b.current.text(),[te,lt]=[No(H,k.line,k.column),No(H,k.end_line??
k.line,k.end_column??k.column)];Re(H.slice(0,te)+k.replacement+H.slice(lt))},Wc=k=>{if(Pe(k))return!0;if((k.metaKey||k.ctrlKey)&&k.key===" ")se(b.current.text(),
b.current.caret(),!0);else if((k.metaKey||k.ctrlKey)&&k.key==="e")ve();else if((k.metaKey||k.ctrlKey)&&k.key==="s")l&&y?m(!0):y&&ot();else if(k.key==="F8"&&I.diagnostics.
length){let H=r.slice(0,b.current.caret()).split(`
`).length,te=I.diagnostics.find(lt=>lt.line>H)??I.diagnostics[0];$t(te.line,te.column)}else if((k.metaKey||k.ctrlKey)&&k.key==="."){let H=I.diagnostics.find(te=>te.
replacement!==void 0);H&&Wo(H)}else return!1;return k.preventDefault(),!0},Fo=nn(()=>I.diagnostics.slice(0,100),[I.diagnostics]),xs=I.diagnostics.filter(k=>k.severity!==
"error").length;return v(wi,{children:[v("div",{class:"title",children:[v("h1",{children:l?`Edit ${l.name}`:"Upload workflows"}),v("span",{role:"status",class:I.
valid?"state-success":I.failed?"state-paused":"state-error",children:I.failed?`\u26A0 Not looked at: ${I.failed} It is tried again.`:I.valid===void 0?"":I.valid?
`\u25CF The document is valid${xs?`, ${xs} ${xs===1?"warning":"warnings"}`:""}.`:`\u2716 ${(I.message??"not valid").split(`
`)[0]}`})]}),v("div",{class:"editing",children:[v("div",{class:"writing",children:[v(Oc,{area:b,label:"Document",value:r,problems:Fo,onKey:Wc,onInput:(k,H)=>{Re(
k),se(k,H,!1)},onMove:k=>{B(void 0),O(k)},onBlur:()=>B(void 0),active:A&&`offer-${T}`,over:A&&b.current&&v(Op,{offer:A,at:T,place:b.current.place(A.from),take:de})}),
l&&v(Ep,{name:l.name,sampled:R,choose:L}),P&&v("p",{class:"info",role:"status",children:[v("code",{children:P.text})," ",P.of?v("span",{class:"muted",children:[
"as ",P.of," saw it"]}):v("span",{class:"muted",children:"with nothing around it"}),": ",P.answer.error===void 0?v("strong",{class:"state-success",children:JSON.
stringify(P.answer.result)}):v("span",{class:"state-error",children:["\u2716 ",P.answer.error]})," ",v("button",{class:"small",onClick:()=>j(void 0),children:"C\
lose"})]})]}),v("div",{children:[I.graph&&v(Yo,{graph:I.graph,states:Sp,selected:Le,onSelect:k=>{kt(k);let H=I.graph.nodes.find(te=>te.name===k);H?.line&&$t(H.line)}}),
I.diagnostics.length>0&&v("section",{class:"panel","aria-label":"Problems",children:[v("h2",{children:"Problems"}),v("ul",{class:"plain",children:Fo.map(k=>v("l\
i",{children:[v("span",{class:k.severity==="error"?"state-error":"state-paused",children:k.severity==="error"?"\u2716":"\u26A0"})," ",v("button",{class:"link",onClick:()=>$t(
k.line,k.column),children:[k.line,":",k.column]})," ",v(vs,{text:k.message})," ",v("span",{class:"muted",children:[k.code,k.help&&v(wi,{children:[" \xB7 ",v(vs,
{text:k.help})]})]}),k.replacement!==void 0&&v(wi,{children:[" ",v("button",{class:"small",onClick:()=>Wo(k),children:"Mend"})]})]}))})]})]})]}),v("div",{class:"\
buttons",children:[v(Go,{rule:g,children:v("button",{class:"primary",onClick:()=>l?m(!0):ot(),children:l?"Save\u2026 (Ctrl S)":"Upload (Ctrl S)"})}),v("a",{class:"\
button",href:Ho(l?`/workflows/${St(l.id)}`:"/workflows"),children:"Leave it"}),r!==f&&v("button",{onClick:()=>Re(f),children:"Drop the changes"}),v("span",{class:"\
muted",children:"Ctrl Space what fits \xB7 Ctrl F find \xB7 Ctrl E try the expression \xB7 F8 next problem \xB7 Ctrl . mend \xB7 Esc Tab leaves the text"})]}),u&&
v(qo,{error:u}),h&&l&&v(Rc,{name:l.name,base:l.definition,mine:r,theirs:h.definition,at:h.updated_at??h.created_at,close:()=>c(void 0),take:k=>{a(h),c(void 0),o(
k),vt(k,h.definition,h.checksum)}}),p&&l&&v(jo,{title:`Save ${l.name}?`,label:"Save as a new version",act:Xe,close:()=>m(!1),children:[v(Xo,{title:"What changes",
left:l.definition,right:r}),v("p",{class:"muted",children:"Runs that have begun go on with what they began with."})]})]})}function Ep({name:n,sampled:e,choose:t}){
let i=ht(`/v2/executions${ks({workflow_name:n,limit:10,sort_keys:"created_at",sort_dirs:"desc",fields:"id,state,created_at"})}`);return i.data?.executions.length?
v("p",{class:"facts",children:[v("label",{children:["Sample ",v("select",{value:e.run,onChange:s=>t(s.currentTarget.value),children:[v("option",{value:"",children:"\
no run"}),i.data.executions.map(s=>v("option",{value:s.id,children:[s.state," ",s.created_at]}))]})]})," ",e.run&&(e.task?v(wi,{children:["what ",v("strong",{children:e.
task})," saw is offered, and expressions are tried on it"]}):"put the caret into a task that has run")]}):null}export{og as EditWorkflow};
