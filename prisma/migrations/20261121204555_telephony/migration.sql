-- AlterTable
ALTER TABLE "guarantee" ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "customer_phone" TEXT;

-- CreateTable
CREATE TABLE "ticket_phone" (
    "ticket_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_phone_pkey" PRIMARY KEY ("ticket_id","number")
);

-- CreateTable
CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "ticket_id" UUID NOT NULL,
    "number" TEXT,
    "raw_from" TEXT NOT NULL,
    "raw_to" TEXT NOT NULL,
    "caller_name" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "memory" JSONB NOT NULL DEFAULT '{}',
    "answer" JSONB NOT NULL DEFAULT '[]',
    "outcome" TEXT,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "seconds" INTEGER,

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_leg" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "agent" TEXT,
    "number" TEXT NOT NULL,
    "provider_id" TEXT,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "rang_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "seconds" INTEGER,

    CONSTRAINT "call_leg_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_event" (
    "id" BIGSERIAL NOT NULL,
    "provider" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "call_id" UUID,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "provider_at" TIMESTAMPTZ(3),
    "payload" JSONB NOT NULL,
    "effects" JSONB NOT NULL DEFAULT '[]',
    "answer" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "call_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callback" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "guarantee_id" UUID NOT NULL,
    "owed_for" UUID,
    "number" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "agent" TEXT,
    "state" TEXT NOT NULL,
    "stage" TEXT NOT NULL DEFAULT 'none',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_attempt_at" TIMESTAMPTZ(3),
    "first_contact_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "allowed_by" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "callback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callback_attempt" (
    "id" UUID NOT NULL,
    "callback_id" UUID NOT NULL,
    "active_for" UUID,
    "agent" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "call_id" UUID,
    "provider_id" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "rang_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "seconds" INTEGER,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "callback_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seconds" INTEGER,
    "sha256" TEXT,
    "content_type" TEXT,
    "transcription" TEXT NOT NULL DEFAULT 'not-transcribed',
    "transcript" TEXT,
    "wake_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3),
    "gone_at_provider" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "text_message" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "wake_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "provider_id" TEXT,
    "text" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "text_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phone_cursor" (
    "provider" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "compared_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phone_cursor_pkey" PRIMARY KEY ("provider","line")
);

-- CreateTable
CREATE TABLE "refused_dial" (
    "id" UUID NOT NULL,
    "callback_id" UUID,
    "ticket_id" UUID,
    "number" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refused_dial_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ticket_phone_number_idx" ON "ticket_phone"("number");

-- CreateIndex
CREATE INDEX "call_ticket_id_idx" ON "call"("ticket_id");

-- CreateIndex
CREATE INDEX "call_number_arrived_at_idx" ON "call"("number", "arrived_at");

-- CreateIndex
CREATE INDEX "call_state_arrived_at_idx" ON "call"("state", "arrived_at");

-- CreateIndex
CREATE UNIQUE INDEX "call_provider_provider_id_key" ON "call"("provider", "provider_id");

-- CreateIndex
CREATE INDEX "call_leg_call_id_idx" ON "call_leg"("call_id");

-- CreateIndex
CREATE INDEX "call_leg_agent_rang_at_idx" ON "call_leg"("agent", "rang_at");

-- CreateIndex
CREATE INDEX "call_event_call_id_idx" ON "call_event"("call_id");

-- CreateIndex
CREATE INDEX "call_event_at_idx" ON "call_event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "call_event_provider_key_key" ON "call_event"("provider", "key");

-- CreateIndex
CREATE UNIQUE INDEX "callback_guarantee_id_key" ON "callback"("guarantee_id");

-- CreateIndex
CREATE UNIQUE INDEX "callback_owed_for_key" ON "callback"("owed_for");

-- CreateIndex
CREATE INDEX "callback_wake_at_idx" ON "callback"("wake_at");

-- CreateIndex
CREATE INDEX "callback_ticket_id_idx" ON "callback"("ticket_id");

-- CreateIndex
CREATE INDEX "callback_number_state_idx" ON "callback"("number", "state");

-- CreateIndex
CREATE INDEX "callback_agent_owed_for_idx" ON "callback"("agent", "owed_for");

-- CreateIndex
CREATE UNIQUE INDEX "callback_attempt_active_for_key" ON "callback_attempt"("active_for");

-- CreateIndex
CREATE INDEX "callback_attempt_callback_id_idx" ON "callback_attempt"("callback_id");

-- CreateIndex
CREATE INDEX "callback_attempt_agent_requested_at_idx" ON "callback_attempt"("agent", "requested_at");

-- CreateIndex
CREATE INDEX "callback_attempt_state_requested_at_idx" ON "callback_attempt"("state", "requested_at");

-- CreateIndex
CREATE INDEX "recording_wake_at_idx" ON "recording"("wake_at");

-- CreateIndex
CREATE INDEX "recording_ticket_id_idx" ON "recording"("ticket_id");

-- CreateIndex
CREATE UNIQUE INDEX "recording_provider_provider_id_key" ON "recording"("provider", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "text_message_provider_id_key" ON "text_message"("provider_id");

-- CreateIndex
CREATE INDEX "text_message_wake_at_idx" ON "text_message"("wake_at");

-- CreateIndex
CREATE INDEX "text_message_ticket_id_idx" ON "text_message"("ticket_id");

-- CreateIndex
CREATE INDEX "text_message_recipient_created_at_idx" ON "text_message"("recipient", "created_at");

-- CreateIndex
CREATE INDEX "refused_dial_at_idx" ON "refused_dial"("at");

-- AddForeignKey
ALTER TABLE "ticket_phone" ADD CONSTRAINT "ticket_phone_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_leg" ADD CONSTRAINT "call_leg_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_event" ADD CONSTRAINT "call_event_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback" ADD CONSTRAINT "callback_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback" ADD CONSTRAINT "callback_guarantee_id_fkey" FOREIGN KEY ("guarantee_id") REFERENCES "guarantee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_attempt" ADD CONSTRAINT "callback_attempt_callback_id_fkey" FOREIGN KEY ("callback_id") REFERENCES "callback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "text_message" ADD CONSTRAINT "text_message_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
