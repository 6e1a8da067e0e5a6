import type { Db } from '#server/platform/db.ts'
import type { Bounds } from '#shared/geo.ts'
import { categorySchema, type PlaceCluster } from '#shared/places.ts'
import {
  cellBounds,
  cellsOf,
  CLUSTER_ZOOMS,
  countCells,
  drawnAt,
  spotsOf,
  standApart,
  touches,
} from './policy.cells.ts'
import { rangesOver, type SpotRange } from './policy.spots.ts'
import { type ClusterRow, findClusters } from './repo.clusters.ts'
import { findShownInBox, findShownInRanges, type PlaceRow } from './repo.ts'

/** Of 128 px each: a screen of 3840 × 2160 has 600. Whoever asks for more gets the clusters of a lower zoom. */
const CELLS_MAX = 1_000
/** More at once are no points any more, however near one looks. */
const POINTS_MAX = 400
/** As many in a cell are drawn one by one, where they stand apart. */
const FEW = 3
const APART_PX = 40
/** Tiles that cover a box closely; what lies beside it is left out afterwards. */
const COVERING_TILES = 16

export interface FoundOnMap {
  clusters: PlaceCluster[]
  rows: PlaceRow[]
}

/**
 * What a view shows at a zoom: the points of single places and of few that stand apart, clusters of the rest. Beyond the last zoom of
 * clusters points alone, unless there are too many. All places of the cells that the view touches.
 */
export async function readMap(db: Db, bounds: Bounds, asked: number): Promise<FoundOnMap> {
  const covering = rangesOver(bounds, COVERING_TILES)
  const zoom = clampZoom(bounds, asked)
  if (zoom > CLUSTER_ZOOMS.last) {
    const rows = await findShownInBox(db, bounds, covering, POINTS_MAX + 1)
    if (rows.length <= POINTS_MAX) return { clusters: [], rows }
  }
  return readClusters(db, bounds, Math.min(zoom, CLUSTER_ZOOMS.last), covering)
}

function clampZoom(bounds: Bounds, asked: number): number {
  let zoom = Math.max(asked, CLUSTER_ZOOMS.first)
  while (zoom > CLUSTER_ZOOMS.first && countCells(bounds, zoom) > CELLS_MAX) zoom--
  return zoom
}

async function readClusters(
  db: Db,
  bounds: Bounds,
  zoom: number,
  covering: readonly SpotRange[],
): Promise<FoundOnMap> {
  const ranges = covering.map((range) => cellsOf(zoom, range))
  const isTouched = touches(bounds, zoom)
  const found = (await findClusters(db, zoom, ranges)).filter(({ cell }) => isTouched(cell))
  const few = found
    .filter(({ places }) => places <= FEW)
    .map(({ cell }) => ({ cell, rows: new Array<PlaceRow>() }))
  const spots = few.map(({ cell }) => spotsOf(zoom, cell))
  for (const { range, ...row } of await findShownInRanges(db, spots)) few[range - 1]?.rows.push(row)
  const apart = few.filter(({ rows }) => rows.length > 0 && standApart(rows, zoom, APART_PX))
  const drawn = new Set(apart.map(({ cell }) => cell))
  return {
    clusters: found.filter(({ cell }) => !drawn.has(cell)).map((row) => clusterOf(zoom, row)),
    rows: apart.flatMap(({ rows }) => rows),
  }
}

function clusterOf(zoom: number, row: ClusterRow): PlaceCluster {
  return {
    id: `${zoom}/${row.cell}`,
    ...drawnAt(zoom, row.cell, row),
    places: row.places,
    category: categorySchema.catch('other').parse(row.category),
    bounds: cellBounds(zoom, row.cell),
  }
}
