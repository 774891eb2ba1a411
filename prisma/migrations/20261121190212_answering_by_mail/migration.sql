-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "assignee" TEXT,
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "customer_thread" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "follows_id" UUID,
ADD COLUMN     "known" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "level" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "severity" TEXT,
ADD COLUMN     "waiting_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "participant" (
    "ticket_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("ticket_id","address")
);

-- CreateTable
CREATE TABLE "held" (
    "id" UUID NOT NULL,
    "inbound_id" BIGINT NOT NULL,
    "ticket_id" UUID,
    "reason" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "agent" TEXT,
    "state" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,

    CONSTRAINT "held_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "address" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "inbound_id" BIGINT,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "absence" (
    "agent" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "deputy" TEXT,
    "inbound_id" BIGINT NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("agent","from_at")
);

-- CreateIndex
CREATE INDEX "participant_address_idx" ON "participant"("address");

-- CreateIndex
CREATE UNIQUE INDEX "held_inbound_id_key" ON "held"("inbound_id");

-- CreateIndex
CREATE INDEX "held_state_held_at_idx" ON "held"("state", "held_at");

-- CreateIndex
CREATE INDEX "held_ticket_id_idx" ON "held"("ticket_id");

-- AddForeignKey
ALTER TABLE "participant" ADD CONSTRAINT "participant_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held" ADD CONSTRAINT "held_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "ticket_follows_id_idx" ON "ticket"("follows_id");

-- CreateIndex
CREATE INDEX "ticket_merged_into_id_idx" ON "ticket"("merged_into_id");

-- Tickets opened before know their customer only: without this row an answer without a signed address would be held.
INSERT INTO "participant" ("ticket_id", "address", "name", "role", "since")
SELECT "id", lower("customer_address"), "customer_name", 'customer', "opened_at" FROM "ticket" WHERE "customer_address" <> ''
ON CONFLICT DO NOTHING;
