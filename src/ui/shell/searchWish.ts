/** The `id` of the search field of the reference. */
export const SEARCH_FIELD = 'reference-search'

/**
 * The slash key leads from any page to the search of the reference: after loading, that page asks whether the key was pressed.
 */
let wished = false

export function wishForSearch(wish: boolean): void {
  wished = wish
}

/** True once after the slash key was pressed. */
export function takeSearchWish(): boolean {
  const wish = wished
  wished = false
  return wish
}
