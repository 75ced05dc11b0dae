-- The two shipped tables. A table that is there already is left as it is: the service checks at start whether it fits.
-- ${exact-collation} compares byte for byte and does not pad: A, a, a with a space and á are four keys.
-- JSON is kept as text: a column of type JSON would change the digits of its numbers.

CREATE TABLE IF NOT EXISTS translation_sessions (
    session_id VARCHAR(64) NOT NULL,
    filename VARCHAR(255) NOT NULL,
    file_path VARCHAR(512) NOT NULL,
    status VARCHAR(32) NOT NULL,
    game_info LONGTEXT,
    llm_provider VARCHAR(50) NOT NULL,
    metadata LONGTEXT,
    total_tasks INT NOT NULL DEFAULT 0,
    completed_tasks INT NOT NULL DEFAULT 0,
    failed_tasks INT NOT NULL DEFAULT 0,
    processing_tasks INT NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (session_id),
    KEY idx_sessions_status (status),
    KEY idx_sessions_created_at (created_at),
    KEY idx_sessions_updated_at (updated_at),
    KEY idx_sessions_llm_provider (llm_provider)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${exact-collation};

CREATE TABLE IF NOT EXISTS translation_tasks (
    task_id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    batch_id VARCHAR(64) NOT NULL,
    sheet_name VARCHAR(255) NOT NULL,
    row_index INT NOT NULL,
    column_name VARCHAR(255) NOT NULL,
    source_text TEXT NOT NULL,
    target_text TEXT,
    context TEXT,
    error_message TEXT,
    status VARCHAR(32) NOT NULL,
    confidence DECIMAL(5, 4),
    retry_count INT NOT NULL DEFAULT 0,
    start_time DATETIME(6),
    end_time DATETIME(6),
    duration_ms INT,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (task_id),
    KEY idx_tasks_batch_id (batch_id),
    KEY idx_tasks_status (status),
    KEY idx_tasks_session_id_status (session_id, status),
    KEY idx_tasks_sheet_name (sheet_name),
    KEY idx_tasks_created_at (created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${exact-collation};
