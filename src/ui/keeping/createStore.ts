import { useSyncExternalStore } from 'react'

/** A value that several parts of the page read. Subscribers are called after each change. */
export interface Store<T> {
  get(): T
  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void
}

export interface WritableStore<T> extends Store<T> {
  /** Setting the same value again calls no subscriber. */
  set(next: T): void
}

export function createStore<T>(first: T): WritableStore<T> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** The value of a store; the component renders again when it changes. */
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, store.get)
