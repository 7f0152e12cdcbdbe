// An answer as it comes, piece by piece: one of many megabytes, taken at once, would keep the page busy.
import { soon } from "../shell/turn";

export type Piece = Uint8Array<ArrayBuffer>;

/** Others get a turn after so many bytes. */
const SLICE = 256 << 10;

export async function pieces(response: Response): Promise<Piece[]> {
  const taken: Piece[] = [];
  const reader = response.body?.getReader();
  for (let since = 0; reader; ) {
    const { value, done } = await reader.read();
    if (done) break;
    taken.push(value);
    since += value.byteLength;
    if (since < SLICE) continue;
    since = 0;
    await new Promise<void>((go) => soon(go));
  }
  return taken;
}

export function textOf(taken: Piece[]): string {
  const decoder = new TextDecoder();
  return taken.map((one) => decoder.decode(one, { stream: true })).join("") + decoder.decode();
}
