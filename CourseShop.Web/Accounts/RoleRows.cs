using CourseShop.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>The rows that say who has which role.</summary>
public static class RoleRows
{
    public static IQueryable<IdentityUserRole<long>> HoldersOf(this ShopDb db, string role) => db.UserRoles.Where(held => db.Roles.Any(known => known.Id == held.RoleId && known.Name == role));

    /// <summary>The role of that name, one of <see cref="Roles.All"/>; made when it is given for the first time.</summary>
    public static async Task<IdentityRole<long>> FindOrAddRoleAsync(this ShopDb unit, string name, CancellationToken stop)
    {
        var key = name.ToUpperInvariant();
        if (await unit.Roles.SingleOrDefaultAsync(role => role.NormalizedName == key, stop) is { } known)
            return known;
        var role = new IdentityRole<long>(name) { NormalizedName = key };
        unit.Add(role);
        await unit.SaveChangesAsync(stop);
        return role;
    }
}
