/** Whether a journey is under way is known before the run is read, so that the first paint has the right shape. */
const KEY = 'home-under-way'

export function noteUnderWay(sent: boolean): void {
  try {
    if (sent) localStorage.setItem(KEY, 'yes')
    else localStorage.removeItem(KEY)
  } catch {
    // Then the page shows its sentence for a moment before the journey.
  }
}

export function isUnderWay(): boolean {
  try {
    return localStorage.getItem(KEY) !== null
  } catch {
    return false
  }
}
