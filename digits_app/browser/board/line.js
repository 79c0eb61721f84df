// The line to the server: it is told each change, and says which it has answered.
//
// A message is the whole drawing with its revision, so a lost one is made good by the next,
// and it does no harm to send one twice.

const PATIENCE = 5000; // milliseconds after which a message counts as lost
const SILENCE = 2000; // milliseconds after which the page says that the server is silent

export class Line {
  constructor({ silent }) {
    this.component = null; // Streamlit's, newest
    this.message = null; // what was sent last from this page
    this.answered = 0; // revision that the server has answered
    this.onSilent = silent;
  }

  close() {
    clearTimeout(this.patience);
    clearTimeout(this.silence);
    this.silence = null;
  }

  /** The newest revision that was sent from this page. */
  get sent() {
    return this.message?.revision ?? 0;
  }

  /** Send a drawing, which has taken over what the server `placed`; but not twice. */
  tell({ objects, width, revision }, placed) {
    if (this.message?.revision === revision && this.message.placed === placed) return;
    this.message = { objects, width, revision, placed };
    this.#send();
  }

  /** Hear what the server has answered; `revision` is the drawing's as it is now. */
  hear(component, answered, revision) {
    this.component = component;
    if (answered < this.answered) this.message = null; // a new session, which knows nothing
    this.answered = answered;
    if (answered === revision) {
      this.close();
      this.onSilent(false);
    }
  }

  #send() {
    this.component.setStateValue("drawing", this.message);
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.#send(), PATIENCE);
    this.silence ??= setTimeout(() => this.onSilent(true), SILENCE);
  }
}
