update configuration.transformations set vcpus = -0.5 where id = 2;
--! transformations.vcpus must be more than 0; correct the value (transformations_vcpus_positive)
