/**
 * Does a thing once, however often it is asked for: while it is under way and after it is done, nothing more happens.
 * The work says whether it is done; where it failed, it may be tried again.
 */
export function onlyOnce(): (work: () => Promise<boolean>) => Promise<void> {
  let busy = false
  return async (work) => {
    if (busy) return
    busy = true
    try {
      busy = await work()
    } catch (failure) {
      busy = false
      throw failure
    }
  }
}
