import { layout } from "./layout";

onmessage = (event: MessageEvent<{ count: number; from: Int32Array; to: Int32Array }>) => {
  const { count, from, to } = event.data;
  postMessage(layout(count, from, to));
};
