/** Where the command line writes: standard output and standard error, or a test's own. */
export interface Outlet {
  out(text: string): void
  err(text: string): void
}
