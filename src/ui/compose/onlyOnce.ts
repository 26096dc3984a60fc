/**
 * Does some work once, however often it is called: further calls do nothing while it runs and after it is done. The work returns
 * whether it is done; if it failed, it may be tried again.
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
