update configuration.transformation_variables set text_value = '${ds}' where name = 'source';
--! error: transformation_variables … (flow/raw/extract … /source) text_value: ${ds}: unknown; for a literal '${' write '$${'; correct the reference; ${…} is resolved for every run
