package dev.persistence.fault;

/** What can be done to a database that runs, the way back, and what a batch hears that is sent in between. */
enum ServerFault {
    READ_ONLY(503, "the database is read-only") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("SET GLOBAL " + setting(run) + " = ON");
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("SET GLOBAL " + setting(run) + " = OFF", "SET GLOBAL read_only = OFF");
        }

        private String setting(FaultRun run) {
            return run.server.product() == DatabaseProduct.MYSQL ? "super_read_only" : "read_only";
        }
    },
    RIGHTS_REVOKED(503, "the database user lacks a privilege") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("REVOKE INSERT ON " + run.database + ".* FROM " + run.user);
            run.killConnections(); // a session keeps the rights on its database that it began with
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("GRANT INSERT ON " + run.database + ".* TO " + run.user);
            run.killConnections();
        }
    },
    /** Connecting is tried for 5 s. */
    USER_GONE(503, "the database refused the user or password") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("RENAME USER " + run.user + " TO " + run.user + "_gone");
            run.killConnections();
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("RENAME USER " + run.user + "_gone TO " + run.user);
        }
    },
    /** The batch of some 20 KB is more than a packet then, and is sent in parts. */
    PACKET_LOWERED(200, "") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("SET GLOBAL max_allowed_packet = 8192");
            run.killConnections(); // it holds for new sessions
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("SET GLOBAL max_allowed_packet = 67108864");
            run.killConnections();
        }
    },
    CONNECTIONS_KILLED(200, "") {
        @Override
        void inflict(FaultRun run) {
            run.killConnections();
        }

        @Override
        void mend(FaultRun run) {}
    },
    COLUMN_DROPPED(503, "a declared column is gone from the table") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("ALTER TABLE " + run.table("translation_tasks") + " DROP COLUMN column_name");
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute(
                    "ALTER TABLE " + run.table("translation_tasks") + " ADD COLUMN column_name VARCHAR(255) NOT NULL");
        }
    },
    TABLE_RENAMED(503, "the table is gone") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("RENAME TABLE " + run.table("translation_tasks") + " TO " + run.table("elsewhere"));
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("RENAME TABLE " + run.table("elsewhere") + " TO " + run.table("translation_tasks"));
        }
    },
    TIME_ZONE_CHANGED(200, "") {
        @Override
        void inflict(FaultRun run) {
            run.server.execute("SET GLOBAL time_zone = '+09:00'");
            run.killConnections();
        }

        @Override
        void mend(FaultRun run) {
            run.server.execute("SET GLOBAL time_zone = SYSTEM");
        }
    };

    private final int answer;
    private final String reason;

    ServerFault(int answer, String reason) {
        this.answer = answer;
        this.reason = reason;
    }

    /** The status that a batch hears which waits to be written. */
    int answer() {
        return answer;
    }

    /** What the ERROR about the lost batch says. */
    String reason() {
        return reason;
    }

    /** Whether it takes more than a few seconds. */
    boolean slow() {
        return this == USER_GONE;
    }

    abstract void inflict(FaultRun run);

    abstract void mend(FaultRun run);
}
