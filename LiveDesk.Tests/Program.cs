// xunit runs the tests through the test host. Started as a program, the assembly plays a child process of a test.
return args.Length == 0 ? 0 : throw new ArgumentException($"Unknown role '{args[0]}'.");
