-- CreateTable
CREATE TABLE "mailbox_cursor" (
    "mailbox" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "last_uid" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_cursor_pkey" PRIMARY KEY ("mailbox","folder","uid_validity")
);

-- CreateTable
CREATE TABLE "inbound" (
    "id" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "raw_sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_in_at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" TEXT,
    "from_address" TEXT,
    "subject" TEXT NOT NULL DEFAULT '',
    "classification" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "original_print" TEXT,
    "outcome" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "trail" JSONB NOT NULL,
    "duplicate_of_id" BIGINT,
    "ticket_id" UUID,
    "quarantine_code" TEXT,
    "quarantine_detail" TEXT,
    "after_state" TEXT NOT NULL DEFAULT 'none',

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "customer_address" TEXT NOT NULL,
    "customer_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "office" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "inbound_id" BIGINT,
    "letter_id" UUID,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guarantee" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "derivation" JSONB NOT NULL,

    CONSTRAINT "guarantee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "ticket_id" UUID,
    "kind" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "mailbox" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "in_reply_to" TEXT,
    "references" TEXT[],
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "response" TEXT,
    "failure_code" TEXT,
    "subject" TEXT,
    "text" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance" (
    "id" UUID NOT NULL,
    "mailbox" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "on_server" INTEGER NOT NULL,
    "in_ledger" INTEGER NOT NULL,
    "reread" INTEGER NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "balance_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "inbound_original_print_key" ON "inbound"("original_print");

-- CreateIndex
CREATE INDEX "inbound_message_id_idx" ON "inbound"("message_id");

-- CreateIndex
CREATE INDEX "inbound_ticket_id_idx" ON "inbound"("ticket_id");

-- CreateIndex
CREATE INDEX "inbound_outcome_idx" ON "inbound"("outcome");

-- CreateIndex
CREATE INDEX "inbound_after_state_mailbox_idx" ON "inbound"("after_state", "mailbox");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_mailbox_folder_uid_validity_uid_key" ON "inbound"("mailbox", "folder", "uid_validity", "uid");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_sequence_key" ON "ticket"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_number_key" ON "ticket"("number");

-- CreateIndex
CREATE INDEX "ticket_customer_address_idx" ON "ticket"("customer_address");

-- CreateIndex
CREATE INDEX "ticket_state_changed_at_idx" ON "ticket"("state", "changed_at");

-- CreateIndex
CREATE INDEX "entry_ticket_id_at_idx" ON "entry"("ticket_id", "at");

-- CreateIndex
CREATE INDEX "guarantee_ticket_id_idx" ON "guarantee"("ticket_id");

-- CreateIndex
CREATE INDEX "guarantee_state_due_at_idx" ON "guarantee"("state", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "letter_message_id_key" ON "letter"("message_id");

-- CreateIndex
CREATE INDEX "letter_state_next_try_at_idx" ON "letter"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "letter_recipient_kind_created_at_idx" ON "letter"("recipient", "kind", "created_at");

-- CreateIndex
CREATE INDEX "letter_kind_created_at_idx" ON "letter"("kind", "created_at");

-- CreateIndex
CREATE INDEX "letter_ticket_id_idx" ON "letter"("ticket_id");

-- CreateIndex
CREATE INDEX "balance_mailbox_at_idx" ON "balance"("mailbox", "at");

-- AddForeignKey
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_inbound_id_fkey" FOREIGN KEY ("inbound_id") REFERENCES "inbound"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;
