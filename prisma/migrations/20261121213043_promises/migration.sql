-- AlterTable
ALTER TABLE "guarantee" ADD COLUMN     "minutes" INTEGER,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_for" TEXT,
ADD COLUMN     "policy" TEXT,
ADD COLUMN     "stage" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "wake_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "area" TEXT,
ADD COLUMN     "company_id" UUID,
ADD COLUMN     "contact_id" UUID,
ADD COLUMN     "customer_severity" TEXT,
ADD COLUMN     "device_id" UUID,
ADD COLUMN     "impact" TEXT,
ADD COLUMN     "known_problem_id" UUID,
ADD COLUMN     "next_step" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "product" TEXT,
ADD COLUMN     "request_type" TEXT,
ADD COLUMN     "words" tsvector;

-- CreateTable
CREATE TABLE "escalation" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "waits_for" UUID,
    "from_level" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "from_agent" TEXT,
    "acknowledged_by" TEXT,
    "acknowledged_how" TEXT,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledge_by" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ways_used" INTEGER NOT NULL DEFAULT 0,
    "wake_at" TIMESTAMPTZ(3),

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "company" (
    "id" UUID NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "company_id" UUID,
    "name" TEXT NOT NULL,
    "language" TEXT,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_point" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "contact_point_pkey" PRIMARY KEY ("kind","value","contact_id")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device" (
    "id" UUID NOT NULL,
    "serial" TEXT NOT NULL,
    "serial_key" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "company_id" UUID,
    "contract_id" UUID,
    "warranty_to" DATE,

    CONSTRAINT "device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "procedure_step" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "by" TEXT,
    "done_by" TEXT,
    "remark" TEXT NOT NULL DEFAULT '',
    "opened_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "procedure_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_problem" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "solved_at" TIMESTAMPTZ(3),

    CONSTRAINT "known_problem_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ticket_assignee_state_idx" ON "ticket"("assignee", "state");

-- CreateIndex
CREATE UNIQUE INDEX "escalation_waits_for_key" ON "escalation"("waits_for");

-- CreateIndex
CREATE INDEX "escalation_wake_at_idx" ON "escalation"("wake_at");

-- CreateIndex
CREATE INDEX "escalation_ticket_id_idx" ON "escalation"("ticket_id");

-- CreateIndex
CREATE UNIQUE INDEX "company_number_key" ON "company"("number");

-- CreateIndex
CREATE INDEX "contact_company_id_idx" ON "contact"("company_id");

-- CreateIndex
CREATE INDEX "contact_point_kind_value_idx" ON "contact_point"("kind", "value");

-- CreateIndex
CREATE INDEX "contact_point_contact_id_idx" ON "contact_point"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_number_key" ON "contract"("number");

-- CreateIndex
CREATE INDEX "contract_company_id_idx" ON "contract"("company_id");

-- CreateIndex
CREATE UNIQUE INDEX "device_serial_key_key" ON "device"("serial_key");

-- CreateIndex
CREATE INDEX "device_company_id_idx" ON "device"("company_id");

-- CreateIndex
CREATE UNIQUE INDEX "procedure_step_ticket_id_key_key" ON "procedure_step"("ticket_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "known_problem_key_key" ON "known_problem"("key");

-- CreateIndex
CREATE INDEX "guarantee_wake_at_idx" ON "guarantee"("wake_at");

-- CreateIndex
CREATE INDEX "ticket_company_id_idx" ON "ticket"("company_id");

-- CreateIndex
CREATE INDEX "ticket_device_id_idx" ON "ticket"("device_id");

-- CreateIndex
CREATE INDEX "ticket_known_problem_id_idx" ON "ticket"("known_problem_id");

-- CreateIndex
CREATE INDEX "ticket_words_idx" ON "ticket" USING GIN ("words");

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_known_problem_id_fkey" FOREIGN KEY ("known_problem_id") REFERENCES "known_problem"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_point" ADD CONSTRAINT "contact_point_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_contract_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "contract"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "procedure_step" ADD CONSTRAINT "procedure_step_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
