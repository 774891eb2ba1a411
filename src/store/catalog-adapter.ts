/**
 * Lets Prisma's schema engine read PostgreSQL's catalogue. Catalogue tables use the one-byte type "char", which the
 * driver adapter refuses although the engine asks for it; here it passes, declared as what it is.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type pg from 'pg'

const charType = 18
const textType = 25

/** Adapters over this pool. The caller ends the pool. */
export function catalogAdapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  // Which columns of a result are "char", remembered by its rows: the one thing that passes through the adapter whole.
  const charColumns = new WeakMap<object, readonly number[]>()
  const query = pool.query.bind(pool)
  const declaredAsText = async (config: pg.QueryArrayConfig) => {
    const result = await query(config)
    const found = (result.fields ?? []).flatMap((field, index) =>
      field.dataTypeID === charType ? [index] : [],
    )
    for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: textType })
    charColumns.set(result.rows, found)
    return result
  }
  Object.assign(pool, { query: declaredAsText })
  const prisma = new PrismaPg(pool)
  const connect = async () => withCharColumns(await prisma.connect(), charColumns)
  return {
    provider: prisma.provider,
    adapterName: prisma.adapterName,
    connect,
    // The adapter's own way makes a further database and cannot drop it again; ours is given an empty one to play in.
    connectToShadowDb: connect,
  }
}

function withCharColumns(
  adapter: SqlDriverAdapter,
  charColumns: WeakMap<object, readonly number[]>,
): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    async queryRaw(query: Parameters<typeof queryRaw>[0]) {
      const result = await queryRaw(query)
      for (const index of charColumns.get(result.rows) ?? [])
        result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    },
  })
}
