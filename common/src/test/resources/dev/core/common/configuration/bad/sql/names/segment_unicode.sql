--? start accepted: no run has to do with a segment
update configuration.segments set name = 'verkehrsträger' where name = 'transport';
--! error: segments … (verkehrsträger) name: 'verkehrsträger' is not a name: lower-case letters, digits and underscores, a … names are parts of task keys and of the paths of datasets
