package dev.persistence.fuzz.decode;

import java.nio.charset.StandardCharsets;

/** Bodies from the contract's tables and rules, a line each; the first letter chooses the type and the format. */
final class DecoderSeeds {

    static final byte[] PLAIN = "{\"plain\":[{\"n\":7,\"t\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);

    static final String BODIES = """
            s{"sessions":[{"session_id":"s-1","filename":"game.xlsx","file_path":"/up/game.xlsx","status":"new","llm_provider":"l"}]}
            s{"sessions":[{"session_id":"s-1","filename":"","file_path":"","status":"x","game_info":{"a":[1,2.50,"é"]},"llm_provider":"","metadata":null,"total_tasks":"12","completed_tasks":3.0,"failed_tasks":null,"processing_tasks":0,"created_at":"2026-01-02 03:04","updated_at":"2026-01-02T03:04:05.678901+02:00"}]}
            t{"tasks":[{"task_id":"t-1","session_id":"s-1","batch_id":"b","sheet_name":"d","row_index":1,"column_name":"Text","source_text":"Hello","status":"pending"}]}
            t{"tasks":[{"task_id":"t-1","session_id":"s-1","batch_id":"b","sheet_name":"d","row_index":"007","column_name":"c","source_text":"😀","target_text":"","context":null,"status":"done","confidence":0.99995,"error_message":"e","retry_count":2,"start_time":"2026-01-02T03:04:05Z","end_time":null,"duration_ms":5,"created_at":null,"updated_at":"2026-01-02T03:04:05.1234567Z"}]}
            T{"task_id":"t-1","session_id":"s-1","batch_id":"b","sheet_name":"d","row_index":1,"column_name":"c","source_text":"x","status":"s"}
            h{"things":[]}
            h<EF BB BF>{"things":[]}
            h
            h[]
            h{}
            h{"things":null}
            h{"things":{}}
            h{"other":[{"id":1}],"things":[{"id":"a"}],"more":{"x":[[]]}}
            h{"things":[{"id":"a"},{"id":""}],"things":[{"id":"b"}]}
            h{"things":[{"id":"a"}],"things":7}
            h{"things":[1,"x",null,[{}]]}
            h{"things":[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"}]}
            h{"things":[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"},{"id":"5"}]}
            h{"things":[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"},{"id":"5"},x]}
            h{"things":[{"id":"a","id":"b","word":1,"word":"w","count":1,"count":-1,"unknown":{"id":[]}}]}
            h{"things":[{"word":"abcdef","note":"ééé!","tries":2147483648,"count":-1,"big":9223372036854775808,"ratio":1.00001,"amount":9999.995,"active":1,"at":"2026-01-02","data":"{}","label":5,"created":1,"changed":"x"},{"word":null},{"id":null},{}]}
            h{"things":[{"id":"k","word":"12345","note":"ééé","tries":null,"count":0,"big":"-9223372036854775808","ratio":"1e-4","amount":-9999.99,"active":true,"at":"2026-03-29T02:30:00","data":[ {"a" : "\\u00e9"} ],"label":null,"created":"1000-01-01T00:00Z","changed":null}]}
            h{"things":[{"id":"😀😀😀😀😀😀😀😀","word":"\\u0000\\n"}]}
            h{"things":[{"id":"\\ud83d\\ude00","word":"\\ud83d","note":"\\ude00\\ud83d"}]}
            h{"\\u0074hings":[{"\\u0069d":"a"}]}
            h{"things":[{"id":"a","data":{"\\ud800":1}}]}
            h{"things":[{"id":"a"}]}{"things":[]}
            h{"things":[{"id":"a"}]} 7
            H{"id":"a"}<0A>{"id":"b"}<0D 0A>
            H<0A> <0D 0A>{"id":"a"}<09><0A><0A>{"id":"b"}
            H<EF BB BF>{"id":"a"}<0A><EF BB BF>{"id":"b"}
            H{"id":"1"}<0A>{"id":"2"}<0A>{"id":"3"}<0A>{"id":"4"}<0A>{"id":"5"}
            H{"id":"1"}<0A>7<0A>[]<0A>"x"
            H{"id":"a"}{"id":"b"}
            H{"id":<0A>"a"}
            H{"things":[{"id":"a"}]}
            p{"plain":[{"n":"0","t":""},{"n":-9223372036854775808,"t":"x"},{"n":1.0,"t":null}]}
            P{"n":1e3,"t":"x"}
            n{"narrow":[{"id":"","at":"1970-01-01T00:00:01Z","data":{"a":[1e308]},"changed":"2026-01-02T03:04:05.999Z"}]}
            n{"narrow":[{"id":"a","at":"2038-01-19T03:14:08Z","data":[1e309],"changed":"1969-12-31T23:59:59Z"},{"id":"b","at":null,"data":[[[[]]]]}]}
            """;

    private DecoderSeeds() {}
}
