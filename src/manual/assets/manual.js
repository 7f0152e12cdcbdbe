// The search: sections that have all words, those with them in their headings first.
(() => {
  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const contents = document.getElementById("contents");
  let index = null;

  const load = async () => {
    index ??= fetch("search.json").then((answer) => answer.json()).catch(() => null);
    return index;
  };

  const score = (row, words) => {
    const [, title, , heading, text] = row.map((part) => part.toLowerCase());
    let sum = 0;
    for (const word of words) {
      const in_heading = heading.includes(word);
      if (heading === word) sum += 30;
      if (in_heading) sum += 10;
      if (title.includes(word)) sum += 4;
      if (text.includes(word)) sum += 2;
      else if (!in_heading && !title.includes(word)) return 0;
    }
    return sum;
  };

  const show = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    contents.hidden = words.length > 0;
    if (words.length === 0) return;
    const rows = await load();
    if (rows === null) {
      found.textContent = "The index of the search could not be loaded.";
      return;
    }
    const best = rows
      .map((row) => [score(row, words), row])
      .filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0])
      .slice(0, 20);
    for (const [, [page, title, anchor, heading]] of best) {
      const link = document.createElement("a");
      link.href = `${page}.html#${anchor}`;
      link.textContent = heading;
      const small = document.createElement("small");
      small.textContent = title;
      link.append(small);
      found.append(link);
    }
    if (best.length === 0) found.textContent = "Nothing found.";
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", load, { once: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape" && document.activeElement === input) {
      input.value = "";
      show();
      input.blur();
    }
  });
})();
