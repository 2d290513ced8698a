// Adds how long ago an instant was, by the reader's clock. Pages are complete without it.
const WEEK = 7 * 24 * 3600;
const STEPS = [["day", 24 * 3600], ["hour", 3600], ["minute", 60]];

const relative = (seconds, words) => {
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) || ["minute", 60];
  return words.format(-Math.floor(seconds / size), unit);
};

const annotate = (element, now, words) => {
  const seconds = (now - Date.parse(element.dateTime)) / 1000;
  if (!(seconds >= 0 && seconds < WEEK) || element.dateTime.length < 11) return;
  const text = relative(seconds, words);
  element.title = text;
  if (!element.closest(".by, .dateline")) return;
  const ago = document.createElement("span");
  ago.className = "ago";
  ago.textContent = ` · ${text}`;
  (element.closest("a") ?? element).after(ago);
};

const language = navigator.languages.find((tag) => /^en\b/i.test(tag)) || "en-GB";
const words = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });
const now = Date.now();
for (const element of document.querySelectorAll("time[datetime]")) annotate(element, now, words);

// The reader's own clock, where the pointer or the focus asks for it: a title moves nothing.
const clock = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const tell = ({ target, type }) => {
  const inside = type === "focusin" && target.querySelector?.("time[datetime]");
  const element = target.closest?.("time[datetime]") || inside;
  if (!element || element.dateTime.length < 11 || element.dataset.told) return;
  element.dataset.told = "yes";
  const local = clock.format(new Date(element.dateTime));
  element.title = element.title ? `${local} · ${element.title}` : local;
};
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, tell);

// What is folded is printed too. Where the style sheet cannot do that, it is open while it prints.
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  const open = (is) => { for (const fold of folded) fold.open = is; };
  addEventListener("beforeprint", () => {
    folded = document.querySelectorAll("details:not([open])");
    open(true);
  });
  addEventListener("afterprint", () => open(false));
}
