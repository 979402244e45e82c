Console.WriteLine("LiveDesk");
