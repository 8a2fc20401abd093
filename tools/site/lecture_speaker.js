// The speaker's window and the lecture tell each other where they are. Between two pages of files only messages do.

/**
 * A message: from the lecture "at", with the place; from the speaker's window "hello", or what it wants done.
 * @typedef {{lecture: string, scene?: number, moment?: number}} Message
 */

/** The origin that a window of this page has, as postMessage wants it; files have none. */
const THEIRS = origin === "null" ? "*" : origin;

/** @param {?Window} to @param {Message} message */
export const tell = (to, message) => to?.postMessage(message, THEIRS);

/** Call heard(message, source) for what a page of this lecture says. @param {(message: Message, source: any) => void} heard */
export const listen = (heard) =>
  addEventListener("message", ({ data, source, origin: from }) => {
    if ((origin === "null" || from === origin) && typeof data?.lecture === "string") heard(data, source);
  });

export const BLOCKED =
  "The browser has blocked the speaker's window. Allow pop-ups for this page and press s again, or press n: then the notes stand below the scene.";

/**
 * The lecture's end of it. act(name) does what the speaker's window wants; place() is where the lecture is.
 * open() gives whether there is a window; tell() says in it where the lecture is.
 */
export function createSpeaker({ act, place }) {
  let speaker = null;
  let began = 0; // when it was first opened: its clock goes on if it is closed and opened again
  const at = () => tell(speaker, { lecture: "at", ...place() });
  listen(({ lecture }, source) => {
    speaker = source; // also after this page was loaded again
    if (lecture === "hello") at();
    else act(lecture);
  });
  return {
    open() {
      began ||= Date.now();
      if (!speaker || speaker.closed) speaker = open(`speaker.html#since=${began}`, "optimlib-speaker", "popup,width=960,height=720");
      speaker?.focus();
      return speaker !== null;
    },
    tell: at,
  };
}
