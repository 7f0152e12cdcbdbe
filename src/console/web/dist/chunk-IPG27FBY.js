import{d as f,g as s}from"./chunk-5UX6W7MZ.js";var m=4;function b(r,o){let n=s(void 0),[d,i]=f(),u=t=>{let e=n.current;if(!e||Math.abs(t.clientX-e.x)<m)return;let a=r(t);return{from:Math.min(e.at,a),to:Math.
max(e.at,a)}},c=()=>{n.current=void 0,i(void 0)};return{now:d,listeners:{onPointerDown:t=>{t.button===0&&t.pointerType!=="touch"&&(n.current={at:r(t),x:t.clientX})},
onPointerMove:t=>{let e=u(t);e&&(t.currentTarget.setPointerCapture(t.pointerId),i(e))},onPointerUp:t=>{let e=u(t);c(),e&&o(e)},onPointerCancel:c}}}function P(r,o){
let n=r.getBoundingClientRect();return Math.max(0,Math.min(1,(o.clientX-n.left)/Math.max(1,n.width)))}export{b as a,P as b};
