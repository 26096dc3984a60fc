/** The number of tries with another port. */
const TRIES = 50

/**
 * Opens what needs more of a port than that it is free for one thing: where any port will do (0), one that turns out to be
 * taken for the other is given up for another. Rejects with the last error.
 */
export async function onAnyPort<T>(port: number, open: () => Promise<T>): Promise<T> {
  for (let left = port === 0 ? TRIES : 1; ; left--) {
    try {
      return await open()
    } catch (error) {
      if (left === 1) throw error
    }
  }
}
