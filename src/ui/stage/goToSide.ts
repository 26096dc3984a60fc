import { createContext, useContext } from 'react'

/** Shows another side of the run. A page without sides gives none. */
export const SideShower = createContext<((id: string) => void) | undefined>(undefined)

export const useGoToSide = (): ((id: string) => void) | undefined => useContext(SideShower)
