/** The `id` of the field that the reference is searched with. */
export const SEARCH_FIELD = 'reference-search'

/** The slash key leads to the search of the reference from any page: the page that comes then asks whether it was pressed. */
let wished = false

export function wishForSearch(wish: boolean): void {
  wished = wish
}

/** True once after the search was wished for. */
export function takeSearchWish(): boolean {
  const wish = wished
  wished = false
  return wish
}
