'use client';

/**
 * What is typed on this page and kept nowhere, and the question before it is lost. One for the page: the browser leaves all
 * forms at once.
 */

export interface LeaveQuestion {
  /** What would be lost, in words; null where "what you typed" says it. */
  readonly text: string | null;
  readonly go: () => void;
}

const unsaved = new Map<symbol, string | null>();
const listeners = new Set<() => void>();
let question: LeaveQuestion | null = null;
/** Where the typing happens: its address, and its place in the history of the tab. */
let here = { address: '', index: -1 };
/** We go back to `here` ourselves: the history's next event is no wish of a person. */
let returning = false;

const addressNow = () => window.location.pathname + window.location.search;
/** Null in a browser that does not tell. */
const indexNow = () => (typeof navigation === 'undefined' ? null : (navigation.currentEntry?.index ?? null));

function put(next: LeaveQuestion | null): void {
  question = next;
  for (const listener of listeners) listener();
}

/** The question that is open, for the one who draws it. */
export function openQuestion(): LeaveQuestion | null {
  return question;
}

export function onQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A person's answer: goes, or stays and keeps what is typed. */
export function answer(leave: boolean): void {
  const open = question;
  put(null);
  if (leave) open?.go();
}

/** Asks, whatever is unsaved: for who has looked already. */
export function askBefore(go: () => void): void {
  put({ text: [...unsaved.values()].at(-1) ?? null, go });
}

/** Leaves the page by `go`; asks first where something typed would be lost. */
export function leavePage(go: () => void): void {
  if (unsaved.size === 0) {
    go();
    return;
  }
  askBefore(() => {
    forgetAll();
    go();
  });
}

/** Marks something as typed and kept nowhere, until the answered function is called. */
export function markUnsaved(text: string | null): () => void {
  const mark = Symbol('unsaved');
  if (unsaved.size === 0) listen();
  unsaved.set(mark, text);
  return () => {
    if (unsaved.delete(mark) && unsaved.size === 0) deafen();
  };
}

function forgetAll(): void {
  unsaved.clear();
  deafen();
}

function listen(): void {
  follow();
  window.addEventListener('beforeunload', onUnload);
  // Before the link's own listener, and before the router's.
  document.addEventListener('click', onClick, { capture: true });
  if (typeof navigation !== 'undefined') navigation.addEventListener('currententrychange', onEntry);
}

function deafen(): void {
  window.removeEventListener('beforeunload', onUnload);
  document.removeEventListener('click', onClick, { capture: true });
  if (typeof navigation !== 'undefined') navigation.removeEventListener('currententrychange', onEntry);
}

function follow(): void {
  here = { address: addressNow(), index: indexNow() ?? -1 };
}

function onEntry({ navigationType }: NavigationCurrentEntryChangeEvent): void {
  if (navigationType !== 'traverse') follow();
}

function onUnload(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Links inside the portal do not unload the page. */
function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || !leavesBy(link, event)) return;
  event.preventDefault();
  event.stopPropagation();
  leavePage(() => {
    if (link.isConnected) link.click();
    else window.location.assign(link.href);
  });
}

function leavesBy(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || elsewhere || link.target === '_blank' || link.hasAttribute('download')) return false;
  // Only what the router handles: the browser asks about the rest itself.
  return link.origin === window.location.origin && link.pathname + link.search !== here.address;
}

/** Back and forward: the browser has gone already, so we come back before asking. */
function onHistory(event: PopStateEvent): void {
  if (unsaved.size === 0 && !returning) return;
  if (returning) {
    returning = false;
    event.stopImmediatePropagation();
    return;
  }
  if (addressNow() === here.address) {
    follow();
    return;
  }
  event.stopImmediatePropagation();
  const index = indexNow();
  const steps = index === null || here.index < 0 ? -1 : index - here.index;
  returning = true;
  window.history.go(-steps);
  leavePage(() => window.history.go(steps));
}

// Listeners of the window are called in the order in which they came. The frame of every page brings this file before the
// router starts to listen, so the router hears of no history that we take back.
if (typeof window !== 'undefined') window.addEventListener('popstate', onHistory);
