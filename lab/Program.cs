using Decant.Lab;

await using var lab = await LabInternet.StartAsync(new LabOptions(), default);
Console.WriteLine($"{lab.Origin} {lab.Proxy} {lab.CaFile} {lab.InternalService.Url}");
await Task.Delay(Timeout.Infinite);
