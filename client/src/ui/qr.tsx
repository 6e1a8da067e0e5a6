import { createResource, Show, Suspense } from 'solid-js'
import { Skeleton } from './states.tsx'

interface Qr {
  path: string
  cells: number
}

/** Loads the encoder only when a code is shown. One path of squares, error correction M. */
async function drawQr(text: string): Promise<Qr> {
  const { create } = await import('qrcode')
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const rows = Array.from({ length: modules.size }, (_, row) => row)
  const path = rows
    .flatMap((row) =>
      rows.map((column) => (modules.get(row, column) ? `M${column} ${row}h1v1h-1z` : '')),
    )
    .join('')
  return { path, cells: modules.size }
}

const QUIET_CELLS = 4

/** A QR code: dark on light in both themes, or cameras fail. */
export function QrCode(props: { text: string; label: string; size?: number }) {
  const [qr] = createResource(() => props.text, drawQr)
  const size = () => `${props.size ?? 200}px`
  return (
    <Suspense fallback={<Skeleton width={size()} height={size()} />}>
      <Show when={qr()}>
        {(code) => (
          <svg
            role="img"
            aria-label={props.label}
            width={size()}
            height={size()}
            viewBox={`${-QUIET_CELLS} ${-QUIET_CELLS} ${code().cells + 2 * QUIET_CELLS} ${code().cells + 2 * QUIET_CELLS}`}
            shape-rendering="crispEdges"
            style={{ background: '#fff', 'border-radius': 'var(--radius-md)' }}
          >
            <path d={code().path} fill="#1a1512" />
          </svg>
        )}
      </Show>
    </Suspense>
  )
}
