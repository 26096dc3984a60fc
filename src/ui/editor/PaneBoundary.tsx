import { Component, type ReactNode } from 'react'

interface PaneBoundaryProps {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** Where the rich editor cannot be fetched or fails, the plain one takes its place: no line is lost. */
export class PaneBoundary extends Component<PaneBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
