/**
 * A cache of values computed from a message's octets, such as its structure and its envelope. A message gets a new object with
 * every change of its flags and with every copy, but its octets never change, so all objects of one message share one key. The
 * cache is not part of the data and can be rebuilt.
 */
const keys = new WeakMap<object, object>()

/** Makes `next` share the cached values of `message`. Returns `next`. */
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

/** Caches a function of a message's octets, so that it runs once for each message. */
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
