/** What this is, in one sentence. */
export function Sentence() {
  return (
    <h1 className="home-sentence">
      Send one letter, and read every word <br className="wide" />
      the machines say to carry it.
    </h1>
  )
}
