/** The output of the command line: standard output and standard error, or a test's own. */
export interface Outlet {
  out(text: string): void
  err(text: string): void
}
