/**
 * What has been worked out of a message's octets (its structure, its envelope) and need not be worked out again.
 * A message gets a new object with every change of its flags and with every copy, but its octets never change: all
 * objects of one letter share one key. Nothing here is part of the data, and everything can be made anew.
 */
const keys = new WeakMap<object, object>()

/** Makes `next` share what is worked out of `message`. Gives `next` back. */
export function sameContent<T extends object>(message: object, next: T): T {
  keys.set(next, keyOf(message))
  return next
}

function keyOf(message: object): object {
  let key = keys.get(message)
  if (!key) {
    key = {}
    keys.set(message, key)
  }
  return key
}

/** A function of a message's octets that is computed once for each letter. */
export function oncePerContent<M extends object, T>(compute: (message: M) => T): (message: M) => T {
  const known = new WeakMap<object, { readonly value: T }>()
  return (message) => {
    const key = keyOf(message)
    let found = known.get(key)
    if (!found) {
      found = { value: compute(message) }
      known.set(key, found)
    }
    return found.value
  }
}
