using System.Text.Json;
using System.Text.Json.Serialization;
using CourseShop.Common;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CourseShop.Data;

/// <summary>Money as whole fen.</summary>
internal sealed class MoneyToFen() : ValueConverter<Money, long>(money => money.Fen, fen => new Money(fen));

/// <summary>Instants as unix milliseconds, UTC: they order and compare on every database.</summary>
internal sealed class InstantToUnixMs() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));

/// <summary>The steps of 满减 as JSON pairs of fen.</summary>
internal sealed class TiersToJson() : ValueConverter<IReadOnlyList<CampaignTier>, string>(tiers => Write(tiers), json => Read(json))
{
    public static ValueComparer<IReadOnlyList<CampaignTier>> Comparer { get; } = new(
        (a, b) => a!.SequenceEqual(b!), tiers => tiers.Count, tiers => tiers.ToList());

    public static string Write(IReadOnlyList<CampaignTier> tiers) => JsonSerializer.Serialize([.. tiers.Select(tier => new[] { tier.Threshold.Fen, tier.Off.Fen })], KeptJson.Default.Int64ArrayArray);

    public static List<CampaignTier> Read(string json) =>
        JsonSerializer.Deserialize(json, KeptJson.Default.Int64ArrayArray)!.Select(pair => new CampaignTier(new Money(pair[0]), new Money(pair[1]))).ToList();
}

/// <summary>Reads and writes without reflection: tiers are looked at before the first page.</summary>
[JsonSerializable(typeof(long[][]))]
internal sealed partial class KeptJson : JsonSerializerContext;

/// <summary>A list of ids as JSON.</summary>
internal sealed class IdsToJson() : ValueConverter<IReadOnlyList<long>, string>(ids => Write(ids), json => Read(json))
{
    public static ValueComparer<IReadOnlyList<long>> Comparer { get; } = new(
        (a, b) => a!.SequenceEqual(b!), ids => ids.Count, ids => ids.ToList());

    public static string Write(IReadOnlyList<long> ids) => JsonSerializer.Serialize(ids);

    public static List<long> Read(string json) => JsonSerializer.Deserialize<List<long>>(json)!;
}

/// <summary>A list of short texts as JSON.</summary>
internal sealed class TextsToJson() : ValueConverter<IReadOnlyList<string>, string>(texts => Write(texts), json => Read(json))
{
    public static ValueComparer<IReadOnlyList<string>> Comparer { get; } = new(
        (a, b) => a!.SequenceEqual(b!), texts => texts.Count, texts => texts.ToList());

    public static string Write(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts);

    public static List<string> Read(string json) => JsonSerializer.Deserialize<List<string>>(json)!;
}
