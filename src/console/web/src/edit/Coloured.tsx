// The text that is written, with colours: a picture of the lines that are seen lies behind a text area whose own letters are clear. The
// text area stays what it is to screen readers, keyboards and the browser.
import type { RefObject, TextareaHTMLAttributes } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { pieces, textLines } from "./colours";

/** Lines that are drawn beyond what is seen, so that scrolling shows them at once. */
const BEYOND = 30;

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "ref" | "onScroll"> & { area: RefObject<HTMLTextAreaElement | null>; value: string; onScroll: () => void };

export function Coloured({ area, value, onScroll, ...rest }: Props) {
  const picture = useRef<HTMLPreElement>(null);
  const [seen, see] = useState({ from: 0, until: 80 });
  const lines = useMemo(() => value.split("\n"), [value]);
  /** Moves the picture with the text, and draws other lines when those that are there do not do. */
  const follow = () => {
    const text = area.current!;
    const style = getComputedStyle(text);
    const height = parseFloat(style.lineHeight) || 18;
    const [first, last] = [Math.floor(text.scrollTop / height), Math.ceil((text.scrollTop + text.clientHeight) / height)];
    let from = seen.from;
    if (first < seen.from || last > seen.until) {
      from = Math.max(0, first - BEYOND);
      see({ from, until: last + BEYOND });
    }
    picture.current!.style.transform = `translate(${-text.scrollLeft}px, ${seen.from * height - text.scrollTop}px)`;
  };
  useLayoutEffect(() => {
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(area.current!);
    return () => observer.disconnect();
  }, [seen, value]);
  const isText = useMemo(() => textLines(lines, seen.from, seen.until), [lines, seen]);
  return (
    <span class="coloured">
      <pre ref={picture} class="picture" aria-hidden="true">
        {lines.slice(seen.from, seen.until).map((line, i) => (
          <>{pieces(line, isText[i]).map(([kind, text]) => (kind ? <span class={`of-${kind}`}>{text}</span> : text))}{"\n"}</>
        ))}
      </pre>
      <textarea ref={area} class="editor" spellcheck={false} value={value} onScroll={() => { follow(); onScroll(); }} {...rest} />
    </span>
  );
}
