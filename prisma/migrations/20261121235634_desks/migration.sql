-- AlterTable
ALTER TABLE "inbound" ADD COLUMN     "vendor_case_id" UUID;

-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "vendor_case_id" UUID;

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "channel" TEXT NOT NULL DEFAULT 'mail';

-- CreateTable
CREATE TABLE "vendor_case" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "description" JSONB NOT NULL,
    "reference" TEXT,
    "level" INTEGER NOT NULL DEFAULT 0,
    "waits_for" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "stage" TEXT NOT NULL DEFAULT 'none',
    "wake_at" TIMESTAMPTZ(3),
    "waited_minutes" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "rating" INTEGER,
    "evaluation" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "vendor_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendor_message" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "inbound_id" BIGINT,
    "letter_id" UUID,
    "shared_at" TIMESTAMPTZ(3),
    "shared_by" TEXT,

    CONSTRAINT "vendor_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "open_until" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "score" INTEGER,
    "solved" BOOLEAN,
    "words" TEXT NOT NULL DEFAULT '',
    "how" TEXT,
    "voted_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),
    "wants_manager" BOOLEAN NOT NULL DEFAULT false,
    "phone" TEXT NOT NULL DEFAULT 'not-listed',
    "phone_remark" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suggestion" (
    "id" UUID NOT NULL,
    "ticket_id" UUID,
    "survey_id" UUID,
    "text" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "remark" TEXT NOT NULL DEFAULT '',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_request" (
    "client" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "print" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_request_pkey" PRIMARY KEY ("client","key")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "client" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "types" TEXT[],
    "entry_kinds" TEXT[],
    "secret_turn" INTEGER NOT NULL DEFAULT 1,
    "turned_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "wake_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "result" TEXT,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "vendor_case_sequence_key" ON "vendor_case"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "vendor_case_number_key" ON "vendor_case"("number");

-- CreateIndex
CREATE INDEX "vendor_case_ticket_id_idx" ON "vendor_case"("ticket_id");

-- CreateIndex
CREATE INDEX "vendor_case_vendor_state_idx" ON "vendor_case"("vendor", "state");

-- CreateIndex
CREATE INDEX "vendor_case_wake_at_idx" ON "vendor_case"("wake_at");

-- CreateIndex
CREATE INDEX "vendor_case_opened_at_idx" ON "vendor_case"("opened_at");

-- CreateIndex
CREATE INDEX "vendor_message_case_id_at_idx" ON "vendor_message"("case_id", "at");

-- CreateIndex
CREATE INDEX "survey_ticket_id_idx" ON "survey"("ticket_id");

-- CreateIndex
CREATE INDEX "survey_voted_at_idx" ON "survey"("voted_at");

-- CreateIndex
CREATE INDEX "survey_asked_at_idx" ON "survey"("asked_at");

-- CreateIndex
CREATE INDEX "survey_phone_idx" ON "survey"("phone");

-- CreateIndex
CREATE INDEX "suggestion_state_at_idx" ON "suggestion"("state", "at");

-- CreateIndex
CREATE INDEX "suggestion_ticket_id_idx" ON "suggestion"("ticket_id");

-- CreateIndex
CREATE INDEX "api_request_at_idx" ON "api_request"("at");

-- CreateIndex
CREATE INDEX "webhook_endpoint_state_idx" ON "webhook_endpoint"("state");

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_wake_at_idx" ON "webhook_delivery"("endpoint_id", "wake_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_endpoint_id_entry_id_key" ON "webhook_delivery"("endpoint_id", "entry_id");

-- CreateIndex
CREATE INDEX "entry_kind_at_idx" ON "entry"("kind", "at");

-- CreateIndex
CREATE INDEX "escalation_opened_at_idx" ON "escalation"("opened_at");

-- CreateIndex
CREATE INDEX "guarantee_started_at_idx" ON "guarantee"("started_at");

-- CreateIndex
CREATE INDEX "inbound_vendor_case_id_idx" ON "inbound"("vendor_case_id");

-- CreateIndex
CREATE INDEX "inbound_taken_in_at_idx" ON "inbound"("taken_in_at");

-- CreateIndex
CREATE INDEX "letter_vendor_case_id_idx" ON "letter"("vendor_case_id");

-- CreateIndex
CREATE INDEX "ticket_opened_at_idx" ON "ticket"("opened_at");

-- CreateIndex
CREATE INDEX "ticket_closed_at_idx" ON "ticket"("closed_at");

-- CreateIndex
CREATE INDEX "ticket_changed_at_id_idx" ON "ticket"("changed_at", "id");

-- AddForeignKey
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_vendor_case_id_fkey" FOREIGN KEY ("vendor_case_id") REFERENCES "vendor_case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_vendor_case_id_fkey" FOREIGN KEY ("vendor_case_id") REFERENCES "vendor_case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_case" ADD CONSTRAINT "vendor_case_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_message" ADD CONSTRAINT "vendor_message_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "vendor_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "survey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Tickets that a call opened: their history begins with it.
UPDATE "ticket" SET "channel" = 'phone'
WHERE (SELECT "kind" FROM "entry" WHERE "entry"."ticket_id" = "ticket"."id" ORDER BY "at", "id" LIMIT 1) = 'call';

-- Webhooks hear of every line of history, in the transaction that writes it, whoever writes it.
-- \073 is a semicolon: the engine that applies this cuts scripts at every one it sees, in a function's body too.
CREATE FUNCTION "webhook_of_entries"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO "webhook_delivery" ("id", "endpoint_id", "entry_id", "state", "created_at", "wake_at")
  SELECT gen_random_uuid(), "endpoint"."id", "fresh"."id", \'queued\', "fresh"."at", "fresh"."at"
  FROM "fresh" JOIN "webhook_endpoint" "endpoint"
    ON "endpoint"."state" <> \'deleted\' AND "fresh"."kind" = ANY ("endpoint"."entry_kinds")\073
  RETURN NULL\073
END';

CREATE TRIGGER "webhook_of_entries" AFTER INSERT ON "entry"
REFERENCING NEW TABLE AS "fresh" FOR EACH STATEMENT EXECUTE FUNCTION "webhook_of_entries"();
