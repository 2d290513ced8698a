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
  element.after(ago);
};

const language = document.documentElement.lang || "en";
const words = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });
const now = Date.now();
for (const element of document.querySelectorAll("time[datetime]")) annotate(element, now, words);
